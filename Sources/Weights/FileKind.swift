/// What a file's first bytes say about its format.
enum FileKind: Equatable {
  case safeTensors
  case zipCheckpoint
  case legacyCheckpoint
  case other(looksLike: String?)

  init(_ bytes: [UInt8]) {
    func begins(_ magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    if begins(ZipArchive.magic) {
      self = .zipCheckpoint
    } else if LegacyCheckpoint.begins(bytes) {
      self = .legacyCheckpoint
    } else if bytes.count > 8, bytes[8] == UInt8(ascii: "{") {
      self = .safeTensors
    } else if bytes.isEmpty {
      self = .other(looksLike: "an empty file")
    } else if begins([0x1f, 0x8b]) {
      self = .other(looksLike: "a gzip archive that must be unpacked first")
    } else if begins([UInt8]("version https://git-lfs".utf8)) {
      self = .other(looksLike: "a Git LFS pointer, not the weights; run 'git lfs pull'")
    } else if begins([UInt8]("<!".utf8)) || begins([UInt8]("<html".utf8)) || begins([UInt8]("<?xml".utf8)) {
      self = .other(looksLike: "a web page, so the download failed")
    } else if begins([0x80]) {
      self = .other(looksLike: "a bare pickle that torch.save did not write")
    } else {
      self = .other(looksLike: nil)
    }
  }
}
