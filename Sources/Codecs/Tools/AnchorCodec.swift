/// A codec that learned ones are compared with, with what its results must say about it.
public protocol AnchorCodec: ImageCodec, Sendable {
  /// How the chroma planes are stored: `4:4:4` or `4:2:0`.
  var chromaFormat: String { get }
  /// The quality this codec was made with, on its own scale.
  var quality: Double { get }
  /// The scale of the quality.
  var scale: QualityScale { get }
  /// The command lines of encoding and decoding, with `{input}` and `{output}` for the files; empty for a codec in this process.
  var commandLines: [String] { get }

  /// Returns the versions of the programs and libraries, by name.
  ///
  /// - Throws: ``ToolCodecError`` when a program is not there.
  func versions() throws -> [String: String]
  /// Measures what the start of the codec's processes takes; nil for a codec in this process.
  ///
  /// - Throws: ``ToolCodecError``.
  func startTimes() throws -> StartTimes?
  /// Returns the codec at another quality, where it holds something that is shared by all qualities; nil where it is made anew for each.
  func at(quality: Double) throws -> (any AnchorCodec)?
}

extension AnchorCodec {
  /// Nil: the codec is made anew.
  public func at(quality: Double) throws -> (any AnchorCodec)? { nil }
}

/// What the processes of a codec take for a picture of almost no pixels: their start and their files, in seconds.
public struct StartTimes: Sendable, Equatable {
  /// Of the process that encodes.
  public let encoder: Double
  /// Of the process that decodes.
  public let decoder: Double

  /// Creates times.
  public init(encoder: Double, decoder: Double) { (self.encoder, self.decoder) = (encoder, decoder) }
}

/// The scale of a codec's quality.
public struct QualityScale: Sendable, Equatable {
  /// What the number is, for example `QP`.
  public let name: String
  /// The smallest and the largest value.
  public let range: ClosedRange<Double>
  /// The distance of neighbouring values; 1 for whole numbers.
  public let step: Double
  /// Whether a larger number gives a better picture and a larger file.
  public let rises: Bool
  /// The values of a curve where nobody names others, from the smallest file to the largest.
  public let standard: [Double]

  /// Creates a scale.
  public init(name: String, range: ClosedRange<Double>, step: Double = 1, rises: Bool, standard: [Double]) {
    (self.name, self.range, self.step, self.rises, self.standard) = (name, range, step, rises, standard)
  }

  /// The scale of a QP from 0 to `limit`.
  static func qp(to limit: Double) -> QualityScale {
    QualityScale(name: "QP", range: 0...limit, rises: false, standard: [47, 42, 37, 32, 27, 22, 17, 12])
  }

  /// Returns a value as a command line has it: without a fraction where it is whole.
  public static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 0x1p53 ? "\(Int(value))" : "\(value)"
  }
}
