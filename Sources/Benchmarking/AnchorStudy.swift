public import Codecs
import Dispatch
public import Images
public import Results
import Synchronization

/// The pictures of a data set coded with one anchor codec at several qualities, several pictures at a time.
///
/// What is done is kept in a journal and not done again. A picture that fails is listed, and the others go on. One picture per thread is in
/// memory.
public struct AnchorStudy: Sendable {
  /// A picture that could not be measured.
  public struct Failed: Sendable, Equatable, Codable {
    /// The quality.
    public let quality: Double
    /// The picture's name.
    public let name: String
    /// One sentence with the cause.
    public let reason: String
  }

  /// What came out.
  public struct Report: Sendable {
    /// The rows of each codec, in the order of the files, without those that failed.
    public let rows: [[ImageResult]]
    /// What failed, in the order of the codecs and files.
    public let failed: [Failed]
    /// How many rows came from the journal.
    public let kept: Int
    /// Whether it was stopped before its end.
    public let isStopped: Bool
  }

  /// What is done with each picture after reading; takes the picture, its index and its name.
  public typealias Preparation = @Sendable (_ image: Image, _ index: Int, _ name: String) throws -> Image

  /// The codec at each quality.
  public let codecs: [any AnchorCodec]
  /// The paths of the pictures.
  public let files: [String]
  /// The folder that names of pictures are relative to.
  public let folder: String
  /// How many pictures are coded at the same time.
  public let jobs: Int
  /// Whether each codec first codes a picture that does not count.
  public let warmsUp: Bool
  /// What is measured besides PSNR and MS-SSIM.
  public let metrics: [SharedMetric]
  private let prepare: Preparation

  /// Creates a study.
  public init(
    codecs: [any AnchorCodec], files: [String], folder: String, jobs: Int, warmsUp: Bool = false, metrics: [SharedMetric] = [],
    prepare: @escaping Preparation
  ) {
    (self.codecs, self.files, self.folder, self.jobs, self.warmsUp) = (codecs, files, folder, jobs, warmsUp)
    (self.metrics, self.prepare) = (metrics, prepare)
  }

  /// Codes what the journal lacks.
  ///
  /// - Parameters:
  ///   - versions: the versions of the codec's programs; a row of other versions does not count.
  ///   - context: what else a row depends on, such as the hash of the data set and the transform.
  ///   - shouldStop: asked before each picture.
  ///   - progress: called after each picture with how many are done, from any thread.
  /// - Throws: `FileError` where the journal cannot be written.
  public func run(
    journal path: String, versions: [String: String], context: String, shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> Report {
    let names = PictureNames(files, folder: folder)
    let keys = codecs.map { codec in
      files.indices.map { AnchorJournal.key(codec: codec, versions: versions, context: context, name: names[$0]) }
    }
    let journal = try AnchorJournal(path)
    var rows = keys.map { $0.map { journal.rows[$0] } }
    // Pictures are numbered through all codecs.
    let open = (0..<codecs.count * files.count).filter { rows[$0 / files.count][$0 % files.count] == nil }
    let total = codecs.count * files.count
    let state = Mutex(State(journal: journal, done: total - open.count))
    DispatchQueue.concurrentPerform(iterations: min(max(jobs, 1), max(open.count, 1))) { _ in
      while !shouldStop(), let item = state.withLock({ $0.take(open.count) }).map({ open[$0] }) {
        let isFirst = state.withLock { $0.begun.insert(item / files.count).inserted }
        let outcome = Result { try measure(codecs[item / files.count], item % files.count, warmsUp: warmsUp && isFirst) }
        let done = state.withLock { $0.put(item, outcome, key: keys[item / files.count][item % files.count]) }
        progress(done, total)
      }
    }
    let end = state.withLock { $0 }
    if let error = end.error { throw error }
    for (item, row) in end.rows { rows[item / files.count][item % files.count] = row }
    let failed = end.failed.sorted { $0.key < $1.key }.map { number, reason in
      Failed(quality: codecs[number / files.count].quality, name: names[number % files.count], reason: reason)
    }
    return Report(
      rows: rows.map { $0.compactMap { $0 } }, failed: failed, kept: total - open.count,
      isStopped: end.rows.count + end.failed.count < open.count)
  }

  private func measure(_ codec: any AnchorCodec, _ index: Int, warmsUp: Bool) throws -> ImageResult {
    var options = CodecTest.Options()
    options.warmsUp = warmsUp
    options.estimatesBits = false
    let test = try CodecTest(codec: codec, options: options, metrics: metrics) { image, _, name in try prepare(image, index, name) }
    guard let row = try test.run([files[index]], in: folder).images.first else { throw BenchmarkError.noPictures }
    return row
  }

  /// What the threads share.
  private struct State {
    var journal: AnchorJournal
    var done: Int
    var next = 0
    /// The codecs that have coded something.
    var begun: Set<Int> = []
    var rows: [Int: ImageResult] = [:]
    var failed: [Int: String] = [:]
    var error: (any Error)?

    init(journal: AnchorJournal, done: Int) { (self.journal, self.done) = (journal, done) }

    mutating func take(_ count: Int) -> Int? {
      guard next < count, error == nil else { return nil }
      next += 1
      return next - 1
    }

    mutating func put(_ item: Int, _ outcome: Result<ImageResult, any Error>, key: String) -> Int {
      done += 1
      switch outcome {
      case .failure(let error): failed[item] = "\(error)"
      case .success(let row):
        rows[item] = row
        do { try journal.append(row, key: key) } catch { self.error = error }
      }
      return done
    }
  }
}
