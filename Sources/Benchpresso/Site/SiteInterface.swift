import ModelRegistry
import Registry
import Taxonomy
import WebServing

/// What programs read from a served site: the JSON of the commands.
struct SiteInterface: Sendable {
  let catalogue: Catalogue
  let bibliography: Bibliography
  let registry: LiveRegistry

  /// Answers a request below `api/`; nil for a name that it does not have.
  func answer(_ request: WebRequest) -> WebResponse? {
    do {
      return try text(request).map { WebResponse(type: Self.type, text: $0 + "\n") }
    } catch {
      let problem = (try? JSONOutput.text(["error": "\(error)"])) ?? "{}"
      return WebResponse(status: error is UsageError ? 400 : 500, type: Self.type, text: problem + "\n")
    }
  }

  private static let type = "application/json; charset=utf-8"

  private func text(_ request: WebRequest) throws -> String? {
    switch request.path {
    case "api/results": return try records(request, kinds: [.results])
    case "api/models": return try records(request, kinds: [.weights])
    case "api/components":
      try refuse(request, but: [])
      let entries = catalogue.entries.sorted { $0.classPath < $1.classPath }
      return try JSONOutput.text(entries.map { ComponentDescription($0, catalogue: catalogue, bibliography: bibliography, cost: nil) })
    case "api/taxonomy":
      try refuse(request, but: [])
      return try JSONOutput.text(bibliography.taxonomy.categories.map { TaxonomyTreeReport($0, depth: 9) })
    case "api/publications": return try publications(request)
    default: return nil
    }
  }

  /// As `registry search --format json`; without a limit all.
  private func records(_ request: WebRequest, kinds: [RecordKind]) throws -> String {
    try refuse(request, but: ["q", "model", "dataset", "tag", "where", "limit"])
    var query = RegistryQuery()
    (query.kinds, query.limit) = (kinds, .max)
    query.words = request.values("q").flatMap { $0.split(separator: " ").map(String.init) }
    (query.model, query.dataset, query.tags) = (request.values("model").last, request.values("dataset").last, request.values("tag"))
    query.conditions = try request.values("where").map { text in
      guard let condition = RegistryQuery.Condition(text) else { throw UsageError.needs("\(ModelRegistry.RegistryError.condition(text))") }
      return condition
    }
    if let limit = request.values("limit").last {
      guard let number = Int(limit), number > 0 else { throw UsageError.needs("limit: expected a number above 0, found '\(limit)'") }
      query.limit = number
    }
    return try JSONOutput.text((try registry.store()?.search(query) ?? []).map { RecordReport($0) })
  }

  /// As `papers --format json`.
  private func publications(_ request: WebRequest) throws -> String {
    try refuse(request, but: ["category", "year", "author", "search"])
    let taxonomy = bibliography.taxonomy
    var query = PublicationQuery()
    query.node = try request.values("category").last.map { try TaxonomyArgument.node($0, in: taxonomy) }
    query.years = try request.values("year").last.map { try YearsArgument.range($0) }
    (query.author, query.search) = (request.values("author").last, request.values("search").last)
    return try JSONOutput.text(taxonomy.publications(query).map { PublicationReport($0, taxonomy: taxonomy) })
  }

  /// A name that means nothing here is a mistake that would otherwise look like an answer.
  private func refuse(_ request: WebRequest, but valid: [String]) throws {
    guard let name = request.query.map(\.name).first(where: { !valid.contains($0) }) else { return }
    throw UsageError.needs(
      "there is no parameter '\(name)'; \(valid.isEmpty ? "this address has none" : "there are \(valid.joined(separator: ", "))")")
  }
}
