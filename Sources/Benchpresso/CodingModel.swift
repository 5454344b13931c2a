import Codecs
import Torch

/// The model of a file of weights, for the commands that code pictures.
struct CodingModel {
  let codec: LearnedCodec

  /// Builds the model.
  ///
  /// - Parameter threads: how many threads may compute; nil leaves that to libtorch.
  /// - Throws: ``UsageError`` for a number of threads below 1.
  init(path: String, threads: Int?, options: LearnedCodec.Options = LearnedCodec.Options()) throws {
    if let threads {
      guard threads > 0 else { throw UsageError.needs("--threads must be 1 or more") }
      try Runtime.setThreads(threads)
    }
    codec = try ModelUnderTest(path: path, options: options, catalogue: Program.catalogue()).codec
  }
}
