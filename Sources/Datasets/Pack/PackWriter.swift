public import Images
import SafeFiles
import Weights

/// Writes a pack of decoded pictures, one picture at a time.
///
/// Only the index is kept in memory, about a hundred bytes for each picture. The file gets its name at the end, so that a pack under its own name
/// is whole.
public final class PackWriter {
  private let file: StreamedFile
  private var records: [PackLayout.Record] = []
  private var names: [UInt8] = []

  /// Starts a pack that will be called `path`.
  ///
  /// - Throws: ``PackError`` when the file cannot be made.
  public init(_ path: String) throws(PackError) {
    do throws(FileError) {
      file = try StreamedFile(path)
      try file.append([UInt8](repeating: 0, count: PackLayout.headerSize))
    } catch {
      throw PackError.file(error)
    }
  }

  /// The number of pictures so far.
  public var count: Int { records.count }

  /// The number of bytes so far.
  public var byteCount: Int { file.count }

  /// Appends a picture under a name of at most 65535 bytes; longer ones are cut.
  ///
  /// - Throws: ``PackError`` when the disk is full or another step fails.
  public func append(_ image: Image, name: String) throws(PackError) {
    let name = Array(name.utf8.prefix(65535))
    let checksum = image.pixels.withUnsafeBytes { CRC32.checksum($0) }
    records.append(
      PackLayout.Record(
        place: file.count, width: image.width, height: image.height, checksum: checksum, nameLength: name.count, namePlace: names.count))
    names += name
    try write { () throws(FileError) in try file.append(image.pixels) }
  }

  /// Writes the index and gives the pack its name.
  ///
  /// - Throws: ``PackError`` when a step fails; nothing is left then.
  public func finish() throws(PackError) {
    let start = file.count
    let namesStart = start + records.count * PackLayout.Record.size
    var index: [UInt8] = []
    index.reserveCapacity(records.count * PackLayout.Record.size + names.count)
    for record in records {
      index += PackLayout.bytes(UInt64(record.place)) + PackLayout.bytes(UInt32(record.width)) + PackLayout.bytes(UInt32(record.height))
      index += PackLayout.bytes(record.checksum) + PackLayout.bytes(UInt32(record.nameLength))
      index += PackLayout.bytes(UInt64(namesStart + record.namePlace))
    }
    index += names
    var header = PackLayout.magic + PackLayout.bytes(UInt32(PackLayout.version)) + PackLayout.bytes(UInt32(0))
    header += PackLayout.bytes(UInt64(records.count)) + PackLayout.bytes(UInt64(start)) + PackLayout.bytes(UInt64(index.count))
    header += PackLayout.bytes(index.withUnsafeBytes { CRC32.checksum($0) })
    header += PackLayout.bytes(header.withUnsafeBytes { CRC32.checksum($0) })
    try write { () throws(FileError) in
      try file.append(index)
      try file.overwrite(header, at: 0)
      try file.finish()
    }
  }

  private func write(_ body: () throws(FileError) -> Void) throws(PackError) {
    do {
      try body()
    } catch {
      throw PackError.file(error)
    }
  }
}
