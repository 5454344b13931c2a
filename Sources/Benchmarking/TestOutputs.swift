import Codecs
import Images
import SafeFiles

/// The folders that a test writes coded files and decoded pictures to.
struct TestOutputs {
  private let coded: String?
  private let decoded: String?
  private let suffix: String
  /// Stems that several pictures share (`a.png` and `a.jpg`); their files keep the whole name.
  private let ambiguous: Set<String>

  init(_ options: CodecTest.Options, names: PictureNames, suffix: String) throws {
    coded = options.codedFolder
    decoded = options.decodedFolder
    self.suffix = suffix
    var seen: Set<String> = []
    var ambiguous: Set<String> = []
    if coded != nil || decoded != nil {
      for index in 0..<names.count where !seen.insert(PictureNames.stem(names[index])).inserted {
        ambiguous.insert(PictureNames.stem(names[index]))
      }
    }
    self.ambiguous = ambiguous
    for folder in [coded, decoded].compactMap({ $0 }) { try Folder.create(folder) }
  }

  func write(_ picture: TestPicture, _ file: CodedImage, _ image: Image) throws {
    let stem = PictureNames.stem(picture.name)
    let base = ambiguous.contains(stem) ? picture.name : stem
    if let coded { try write(file.file, "\(coded)/\(base).\(suffix)") }
    if let decoded {
      let bytes = try BenchmarkError.naming(picture.name, "write") { try PNG.encode(image) }
      try write(bytes, "\(decoded)/\(base).png")
    }
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    if let slash = path.lastIndex(of: "/") { try Folder.create(String(path[..<slash])) }
    try AtomicFile.write(bytes, to: path)
  }
}
