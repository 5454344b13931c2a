import Registry

/// What this package adds to the catalogue.
public enum CustomComponents {
  /// All of it, one entry for each file.
  public static let entries: [Entry] = [Swish.entry, ResidualFactorizedPrior.entry, CIEDE2000.entry]
}
