/// The measure that curves are compared in, by its JSON key.
public struct ComparisonMetric: Sendable, Equatable {
  /// The key, for example `psnr`.
  public let key: String

  /// Creates a metric; `ms-ssim-db` means `ms_ssim_db`.
  public init(_ name: String) { key = String(name.map { $0 == "-" ? "_" : $0 }) }

  /// Whether smaller values are better: distances and errors.
  public var lowerIsBetter: Bool { ["lpips", "dists", "mse", "butteraugli"].contains { key.hasPrefix($0) } }

  /// 1, or −1 where smaller values are better: what values are multiplied with before a curve is made of them.
  var sign: Double { lowerIsBetter ? -1 : 1 }

  /// The unit of the values, empty where they have none.
  public var unit: String { key == "psnr" || key.hasPrefix("psnr_") || key.hasSuffix("_db") ? "dB" : "" }
}
