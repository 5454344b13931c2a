public import Images

/// A number that says how near a reconstruction is to its original.
public protocol ImageMetric {
  /// The name in results files and on the command line: `psnr_y_bt709`.
  var key: String { get }

  /// Whether a higher value means a nearer reconstruction.
  var higherIsBetter: Bool { get }

  /// What the pictures must be for the measure to be defined, as a phrase: `both sides longer than 160 pixels`; empty where nothing is asked.
  var requirement: String { get }

  /// The name with the colour space, as tables and results call it.
  var name: String { get }

  /// Returns the measure of two 8-bit RGB pictures; nil where it is not defined for their size.
  ///
  /// - Throws: ``MetricError`` when the pictures differ in size, and what a measure that needs more than the pictures says.
  func value(of reconstruction: Image, original: Image) throws -> Double?
}

extension ImageMetric {
  /// Higher is better, unless a measure says otherwise.
  public var higherIsBetter: Bool { true }
  /// Nothing, unless a measure says otherwise.
  public var requirement: String { "" }
}

/// Two pictures that cannot be compared.
public enum MetricError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The pictures differ in size.
  case differentSizes(width: Int, height: Int, originalWidth: Int, originalHeight: Int)

  /// One sentence with the sizes and the remedy.
  public var description: String {
    switch self {
    case .differentSizes(let width, let height, let originalWidth, let originalHeight):
      "a picture of \(width)×\(height) pixels cannot be compared with one of \(originalWidth)×\(originalHeight); crop or pad one of them first"
    }
  }

  /// Refuses pictures that differ in size.
  public static func check(_ reconstruction: Image, _ original: Image) throws(MetricError) {
    guard reconstruction.width == original.width, reconstruction.height == original.height else {
      throw .differentSizes(
        width: reconstruction.width, height: reconstruction.height, originalWidth: original.width, originalHeight: original.height)
    }
  }
}
