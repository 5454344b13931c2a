/// A results file, `results.json`: one model or codec on one data set at one or more rate points.
///
/// `Schemas/benchpresso.results-1.schema.json` describes the file form.
public struct ResultsFile: Codable, Sendable, Equatable {
  /// The name and version of the file form.
  public static let schemaName = "benchpresso.results/1"

  /// The file form, always ``schemaName``.
  public let schema: String
  /// The curve's name: what a legend shows.
  public let name: String
  /// One sentence on what was done.
  public let description: String
  /// The model or codec; what differs between rate points is in their ``RatePoint/model``.
  public let model: ModelDescription
  /// The images.
  public let dataset: DatasetDescription
  /// Program, machine and versions.
  public let environment: Environment
  /// The points' means as lists under CompressAI's keys.
  public let results: ResultLists
  /// The rate points, in the order given.
  public let points: [RatePoint]

  /// Creates a results file; the lists of ``results`` are taken from the points.
  public init(
    name: String, description: String, model: ModelDescription, dataset: DatasetDescription, environment: Environment, points: [RatePoint]
  ) {
    schema = Self.schemaName
    self.name = name
    self.description = description
    self.model = model
    self.dataset = dataset
    self.environment = environment
    self.points = points
    results = ResultLists(points)
  }
}
