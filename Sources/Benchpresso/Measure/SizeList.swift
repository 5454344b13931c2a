import ArgumentParser
import EntropyCoding

/// Sizes of pictures on the command line: `256..1024:128`, `256,512` or `768x512`, separated by commas.
struct SizeList: ExpressibleByArgument, Equatable {
  let sizes: [PictureSize]

  /// 256 to 1024 pixels in steps of 128.
  static let thesis = SizeList(sizes: stride(from: 256, through: 1024, by: 128).map { PictureSize(width: $0, height: $0) })

  private init(sizes: [PictureSize]) { self.sizes = sizes }

  /// What help shows as the default.
  var defaultValueDescription: String { self == Self.thesis ? "256..1024:128" : "\(sizes.count) sizes" }

  /// Reads sizes; nil for anything else, for sides that no picture has and for a range that never ends.
  init?(argument: String) {
    var sizes: [PictureSize] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      if let range = Self.range(part) {
        sizes += range.map { PictureSize(width: $0, height: $0) }
      } else if let side = Int(part), Self.sides.contains(side) {
        sizes.append(PictureSize(width: side, height: side))
      } else if let size = PictureSize(argument: String(part)) {
        sizes.append(size)
      } else {
        return nil
      }
    }
    guard !sizes.isEmpty else { return nil }
    self.sizes = sizes
  }

  private static let sides = 1...Container.maximumSide

  /// `FROM..TO:STEP`.
  private static func range(_ text: Substring) -> [Int]? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let step = Int(parts[1]), step > 0, let dots = parts[0].firstRange(of: "..") else { return nil }
    guard let from = Int(parts[0][..<dots.lowerBound]), let to = Int(parts[0][dots.upperBound...]) else { return nil }
    guard sides.contains(from), sides.contains(to), from <= to else { return nil }
    return Array(stride(from: from, through: to, by: step))
  }
}

/// Whole numbers from 1 on the command line, separated by commas.
struct CountList: ExpressibleByArgument, Equatable {
  let counts: [Int]

  /// One picture at a time.
  static let single = CountList(counts: [1])
  /// The batches of the thesis.
  static let thesis = CountList(counts: [2, 4, 8, 10, 12, 14, 16])

  private init(counts: [Int]) { self.counts = counts }

  /// What help shows as the default.
  var defaultValueDescription: String { counts.map { "\($0)" }.joined(separator: ",") }

  /// Reads numbers; nil for anything else.
  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.map { 1...65536 ~= $0 } ?? false }) else { return nil }
    counts = numbers.compactMap { $0 }
  }
}

/// A share on the command line: `2%` or `0.02`.
struct ShareArgument: ExpressibleByArgument, Equatable {
  let share: Double

  /// Reads a share above 0 and at most 1; nil for anything else.
  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else { return nil }
    let share = isPercent ? number / 100 : number
    guard share > 0, share <= 1 else { return nil }
    self.share = share
  }
}

/// A number of bytes on the command line: `800M`, `4G`, `1.5GiB`; the letters count in powers of 1024.
struct ByteArgument: ExpressibleByArgument, Equatable {
  let bytes: Int

  /// Reads a number of bytes above 0; nil for anything else.
  init?(argument: String) {
    let text = argument.lowercased()
    let number = text.prefix { $0.isNumber || $0 == "." }
    let units = ["": 0, "k": 10, "m": 20, "g": 30, "t": 40]
    let unit = text.dropFirst(number.count).replacing("ib", with: "").replacing("b", with: "")
    guard let value = Double(number), let power = units[String(unit)], value > 0, value < 1e6 || power == 0 else { return nil }
    let bytes = value * Double(1 << power)
    guard bytes >= 1, bytes < 0x1p60 else { return nil }
    self.bytes = Int(bytes)
  }
}
