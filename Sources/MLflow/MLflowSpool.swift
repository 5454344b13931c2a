import Foundation
import SafeFiles

/// The file in which parcels wait for a server: one JSON object a line.
struct MLflowSpool: Sendable {
  let path: String

  /// Whether anything waits.
  var isEmpty: Bool { !FileManager.default.fileExists(atPath: path) }

  /// Adds parcels at the end.
  func append(_ parcels: [MLflowParcel]) throws(FileError) {
    guard !parcels.isEmpty else { return }
    guard let file = fopen(path, "a") else { throw FileError(operation: "write", path: path, code: errno) }
    var code: Int32 = 0
    for line in parcels.compactMap(Self.line) where code == 0 {
      if fputs(line, file) < 0 { code = errno }
    }
    if fclose(file) != 0 && code == 0 { code = errno }
    if code != 0 { throw FileError(operation: "write", path: path, code: code) }
  }

  /// What waits; a line that was cut is left out.
  func read() throws(FileError) -> [MLflowParcel] {
    guard !isEmpty else { return [] }
    return try FileBytes.read(path).split(separator: UInt8(ascii: "\n")).compactMap {
      try? MLflowJSON.decoder.decode(MLflowParcel.self, from: Data($0))
    }
  }

  /// Replaces what waits.
  func replace(with parcels: [MLflowParcel]) throws(FileError) {
    guard !parcels.isEmpty else {
      unlink(path)
      return
    }
    try AtomicFile.write(parcels.compactMap(Self.line).joined(), to: path)
  }

  private static func line(_ parcel: MLflowParcel) -> String? {
    (try? MLflowJSON.encoder.encode(parcel)).map { String(decoding: $0, as: UTF8.self) + "\n" }
  }
}
