public import Images
import SafeFiles
import Weights

/// A pack of decoded pictures, mapped into memory: nothing is decoded, and the system reads what is looked at.
public struct Pack: SampleSource {
  /// The path of the pack.
  public let path: String
  private let file: MappedFile
  private let records: [PackLayout.Record]
  /// The number of pictures in each row of successive pictures of one size.
  public let groupSizes: [Int]

  /// None: its pictures are no files.
  public var files: [String]? { nil }

  /// Opens a pack and checks its header and its index; the samples are checked when they are read.
  ///
  /// - Throws: ``PackError`` when it is missing, cut, damaged or no pack.
  public init(_ path: String) throws(PackError) {
    self.path = path
    do {
      file = try MappedFile(path)
    } catch {
      throw PackError.file(error)
    }
    records = try file.withBytes { bytes throws(PackError) in try Self.records(bytes, path: path) }
    var sizes: [Int] = []
    for (index, record) in records.enumerated() {
      let isSame = index > 0 && (records[index - 1].width, records[index - 1].height) == (record.width, record.height)
      if isSame { sizes[sizes.count - 1] += 1 } else { sizes.append(1) }
    }
    groupSizes = sizes
  }

  private static func records(_ bytes: UnsafeRawBufferPointer, path: String) throws(PackError) -> [PackLayout.Record] {
    guard bytes.count >= PackLayout.magic.count, bytes.prefix(PackLayout.magic.count).elementsEqual(PackLayout.magic) else {
      throw PackError.notAPack(path: path)
    }
    guard bytes.count >= PackLayout.headerSize else {
      throw PackError.length(path: path, expected: PackLayout.headerSize, found: bytes.count)
    }
    let version = Int(bytes.number(UInt32.self, at: 8))
    guard version == PackLayout.version else { throw PackError.version(path: path, version: version) }
    guard bytes.number(UInt32.self, at: 44) == CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<44])),
      let count = bytes.count(at: 16), let start = bytes.count(at: 24), let size = bytes.count(at: 32)
    else { throw PackError.damaged(path: path, part: "the header") }
    let (end, isTooLarge) = start.addingReportingOverflow(size)
    guard !isTooLarge, end == bytes.count else {
      throw PackError.length(path: path, expected: isTooLarge ? Int.max : end, found: bytes.count)
    }
    guard start >= PackLayout.headerSize, count >= 1, count <= size / PackLayout.Record.size,
      CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) == bytes.number(UInt32.self, at: 40)
    else { throw PackError.damaged(path: path, part: "the index") }
    var records: [PackLayout.Record] = []
    records.reserveCapacity(count)
    for number in 0..<count {
      let place = start + number * PackLayout.Record.size
      guard let samples = bytes.count(at: place), let name = bytes.count(at: place + 24) else {
        throw PackError.damaged(path: path, part: "picture \(number)")
      }
      let record = PackLayout.Record(
        place: samples, width: Int(bytes.number(UInt32.self, at: place + 8)), height: Int(bytes.number(UInt32.self, at: place + 12)),
        checksum: bytes.number(UInt32.self, at: place + 16), nameLength: Int(bytes.number(UInt32.self, at: place + 20)), namePlace: name)
      guard record.width >= 1, record.height >= 1, record.height <= ImageFile.pixelLimit / record.width,
        samples >= PackLayout.headerSize, samples <= start, record.sampleCount <= start - samples, name >= start, name <= end,
        record.nameLength <= end - name
      else { throw PackError.damaged(path: path, part: "picture \(number)") }
      records.append(record)
    }
    return records
  }

  /// Returns the name of picture `index`.
  public func name(_ index: Int) -> String {
    let record = records[index]
    return file.withBytes { String(decoding: $0[record.namePlace..<(record.namePlace + record.nameLength)], as: UTF8.self) }
  }

  /// Returns the size of picture `index`.
  public func size(_ index: Int) -> (width: Int, height: Int) { (records[index].width, records[index].height) }

  /// Returns picture `index`.
  ///
  /// - Throws: ``PackError/damaged(path:part:)`` when its samples are not those that were written.
  public func image(_ index: Int) throws(PackError) -> Image {
    let record = records[index]
    let pixels: [UInt8]? = file.withBytes { bytes in
      let samples = UnsafeRawBufferPointer(rebasing: bytes[record.place..<(record.place + record.sampleCount)])
      return CRC32.checksum(samples) == record.checksum ? Array(samples) : nil
    }
    guard let pixels else { throw PackError.damaged(path: path, part: "the samples of '\(name(index))'") }
    return Image(width: record.width, height: record.height, pixels: pixels)
  }

  /// Returns picture `index` under its name; it is not kept in a cache, since the system keeps the file.
  ///
  /// - Throws: ``DatasetError/pack(_:)``.
  public func sample(_ index: Int, draw: SampleDraw, cache: ImageCache?) throws(DatasetError) -> Sample {
    do {
      return Sample(name: "\(path):\(name(index))", image: try image(index))
    } catch {
      throw DatasetError.pack(error)
    }
  }
}
