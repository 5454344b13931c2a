public import Configuration
public import Registry
import SafeFiles

/// The settings of `datasets.Vimeo90K`.
public struct Vimeo90KSettings: LoadingSettings {
  /// Which frames of a sequence are pictures.
  public enum Frames: String, Codable, Sendable, CaseIterable {
    /// Every frame, as CompressAI's loader has it.
    case all
    /// One frame of each sequence, drawn anew in every epoch; the middle one in validation and test.
    case random
    /// The middle frame of each sequence.
    case middle
  }

  /// The folder of tri_trainlist.txt, tri_testlist.txt and sequences, as the archive unpacks.
  public var dataDir: InputPath = "./data/vimeo_triplet"
  /// How many frames a sequence has: 3 (triplets, lists tri_…) or 7 (septuplets, lists sep_…).
  public var framesPerSequence = 3
  /// Which frames of a sequence are pictures.
  public var frames = Frames.all
  /// How many pictures a batch has, at least 1; after the transform all pictures of a batch must have one size.
  public var batchSize = 1
  /// How many threads decode pictures ahead, 0 to 256; 0 decodes when the batch is asked for.
  ///
  /// The batches do not depend on it.
  public var numWorkers = 1
  /// What is done to every picture; null cuts 256×256 pixels from the middle, as the thesis does.
  public var transform: Component<TransformKind>?
  /// What is done to pictures of the validation; null takes `transform`.
  public var valTransform: Component<TransformKind>?
  /// What is done to pictures of the test; null takes `transform`.
  public var testTransform: Component<TransformKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let wrong = [3, 7].contains(framesPerSequence) ? [] : [("framesPerSequence", "must be 3 or 7, found \(framesPerSequence)")]
    return loadingProblems() + wrong
  }

  /// The data set.
  func module(_ context: BuildContext) -> DataModule {
    let (folder, count, frames) = (dataDir.path, framesPerSequence, frames)
    return module(folder: folder, context) { stage throws(DatasetError) in
      let inner = "\(folder)/\(count == 3 ? "vimeo_triplet" : "vimeo_septuplet")"
      let root = Folder.exists(inner) ? inner : folder
      let sequences = try Vimeo90KList.sequences(in: root, framesPerSequence: count, stage: stage)
      switch (frames, stage) {
      case (.all, _):
        return FileList(sequences.flatMap { sequence in (1...count).map { FrameSequences.frame($0, in: sequence) } })
      case (.random, .train):
        return FrameSequences(folders: sequences, framesPerSequence: count)
      case (.random, _), (.middle, _):
        return FileList(sequences.map { FrameSequences.frame(count / 2 + 1, in: $0) })
      }
    }
  }
}

/// The lists of the set: a line for each sequence, such as 00001/0001.
enum Vimeo90KList {
  /// Returns the folders of the sequences of a stage; validation and test share a list.
  ///
  /// - Throws: ``DatasetError`` when the list is missing, empty or wrong, or when its first sequence is not there.
  static func sequences(in root: String, framesPerSequence: Int, stage: Stage) throws(DatasetError) -> [String] {
    let set = KnownDataset.vimeo90K.name
    guard Folder.exists(root) else { throw DatasetError.noFolder(path: root, set: set) }
    let path = "\(root)/\(framesPerSequence == 3 ? "tri" : "sep")_\(stage == .train ? "train" : "test")list.txt"
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      if PathText.exists(path) { throw DatasetError.file(error) }
      throw DatasetError.noPart(path: path, set: set)
    }
    var sequences: [String] = []
    for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line.filter { !" \t\r".utf8.contains($0) }, as: UTF8.self)
      if text.isEmpty { continue }
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }) else {
        throw DatasetError.badLine(path: path, line: number + 1, text: String(text.prefix(40)))
      }
      sequences.append("\(root)/sequences/\(text)")
    }
    guard let first = sequences.first else { throw DatasetError.badLine(path: path, line: 1, text: "") }
    // Looking at one tells whether the archive is unpacked here; each is looked at when it is read.
    guard PathText.exists(FrameSequences.frame(1, in: first)) else {
      throw DatasetError.noPart(path: FrameSequences.frame(1, in: first), set: set)
    }
    return sequences
  }
}
