import Benchmarking
import Codecs
import Datasets
import Metrics
import Reporting
import Results
import Torch

/// Runs the tests of codecs on one data set and collects what a results file says.
struct Measurement {
  let files: [String]
  let folder: String
  let dataset: DatasetDescription
  var options = CodecTest.Options()
  var metrics: [any ImageMetric] = []
  var prepare: CodecTest.Preparation?

  init(files: [String], folder: String) throws {
    self.files = files
    self.folder = folder
    let name = folder.split(separator: "/").last.map(String.init) ?? folder
    dataset = DatasetDescription(
      name: name, folder: folder, imageCount: files.count, manifestSHA256: try DatasetManifest.sha256(files, in: folder))
  }

  /// Tests `codec`, showing progress under `label`.
  func report(_ codec: any ImageCodec, label: String) throws -> CodecTestReport {
    let test = try CodecTest(codec: codec, options: options, metrics: metrics, prepare: prepare)
    let report = try test.run(files, in: folder) { progress in
      if let signal = Interruption.signal { throw Interrupted(signal: signal) }
      Console.progress(
        "\(label): picture \(progress.done) of \(progress.total), \(NumberText.duration(progress.secondsLeft)) left")
    }
    Console.endProgress()
    return report
  }

  /// The machine and the program, for the results file.
  static func environment(seed: Int?, usesTorch: Bool, codecVersions: [String: String] = [:]) throws -> Environment {
    Environment(
      benchpressoVersion: BuiltIn.version, libtorchVersion: usesTorch ? try Runtime.version() : nil,
      threads: usesTorch ? try Runtime.threads() : 1, seed: seed, codecVersions: codecVersions)
  }
}

/// Work that the user stopped with a signal.
struct Interrupted: Error, CustomStringConvertible {
  let signal: Int32
  /// What is left of the work, and how it goes on.
  var sentence = "stopped; nothing was written"
  /// Whether the cluster will continue the work.
  var isRequeued = false

  var description: String { sentence }
}
