/// A file of measured times, `timing.json`.
///
/// `Schemas/benchpresso.timing-1.schema.json` describes the file form. Times are seconds of a monotonic clock for a whole batch.
public struct TimingFile: Codable, Sendable, Equatable {
  /// The name and version of the file form.
  public static let schemaName = "benchpresso.timing/1"

  /// The file form, always ``schemaName``.
  public let schema: String
  /// What was asked for: `latency`, `throughput` or another measurement.
  public let measurement: String
  /// How it was measured.
  public let procedure: TimingProcedure
  /// Program, machine and versions.
  public let environment: Environment
  /// When and next to what it was measured; a sweep that was continued has several.
  public let sessions: [TimingSession]
  /// What was measured.
  public let variants: [TimingVariant]
  /// The measurements.
  public let points: [TimingPoint]
  /// The variants against each other.
  public let comparisons: [TimingComparison]
  /// What the reader should know before trusting the numbers.
  public let warnings: [String]

  /// Creates a file; comparisons and the warnings that follow from the points are computed.
  public init(
    measurement: String, procedure: TimingProcedure, environment: Environment, sessions: [TimingSession], variants: [TimingVariant],
    points: [TimingPoint], warnings: [String] = []
  ) {
    schema = Self.schemaName
    (self.measurement, self.procedure, self.environment, self.sessions) = (measurement, procedure, environment, sessions)
    (self.variants, self.points) = (variants, points)
    let groups = variants.compactMap { variant in variant.group.map { (variant.name, $0) } }
    // What nothing takes is compared with nothing.
    let nothing = Set(variants.filter { $0.classPath == TimingVariant.nothing }.map(\.name))
    comparisons = TimingComparison.all(
      points.filter { !nothing.contains($0.variant) }, groups: Dictionary(groups, uniquingKeysWith: { first, _ in first }))
    self.warnings = warnings + TimingWarnings.of(sessions: sessions, points: points)
  }

  /// The variants over all sizes.
  public var orderings: [TimingOrdering] { TimingOrdering.all(comparisons, points: points) }

  /// What measuring costs: the greatest median of what does nothing, and its share of the least median of all others; nil where nothing was not
  /// measured.
  public var overhead: (seconds: Double, share: Double)? {
    let nothing = Set(variants.filter { $0.classPath == TimingVariant.nothing }.map(\.name))
    func medians(_ isNothing: Bool) -> [Double] {
      points.filter { nothing.contains($0.variant) == isNothing }.flatMap { [$0.encoding, $0.decoding] }.compactMap { $0?.summary.median }
    }
    guard let seconds = medians(true).max(), let least = medians(false).min(), least > 0 else { return nil }
    return (seconds, seconds / least)
  }

  /// Returns the file's bytes: UTF-8, keys sorted.
  ///
  /// - Throws: ``ResultsError/notFinite(file:key:)`` when a number is infinite or not a number.
  public func json(name: String) throws(ResultsError) -> [UInt8] { try JSONWriting.encode(self, name: name) }

  /// Reads a file that ``json(name:)`` wrote.
  ///
  /// - Throws: ``ResultsError`` for another schema and for missing or wrong keys.
  public init(json bytes: [UInt8], name: String) throws(ResultsError) {
    let value: JSONValue = try JSONReading.decode(bytes, name: name)
    guard case .object(let keys) = value, case .string(let schema)? = keys["schema"] else { throw .wrongSchema(file: name, found: nil) }
    guard schema == Self.schemaName else { throw .wrongSchema(file: name, found: schema) }
    self = try JSONReading.decode(bytes, name: name)
  }
}
