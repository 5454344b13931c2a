#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Decibel scales of quality measures.
public enum Decibels {
  /// MS-SSIM in decibels, −10·log10(1 − value); nil for a value of 1 or more, where it is infinite.
  public static func msSSIM(_ value: Double) -> Double? {
    value < 1 ? -10 * log10(1 - value) : nil
  }
}
