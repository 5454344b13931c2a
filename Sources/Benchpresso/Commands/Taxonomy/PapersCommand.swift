import ArgumentParser
import Reporting
import Taxonomy

/// The publications of the taxonomy.
struct PapersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "papers", abstract: "List, search and export the publications of the taxonomy.",
    discussion: """
        benchpresso papers --category "Context Models" --year 2020..2023 --sort title
        benchpresso papers --search checkerboard
        benchpresso papers --author balle --format bibtex > balle.bib
        benchpresso papers show minnen2018joint
      """,
    subcommands: [PapersList.self, PapersShow.self], defaultSubcommand: PapersList.self)
}

/// Lists publications.
struct PapersList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the publications of the taxonomy that fit all of the options.",
    discussion: "A part of the taxonomy has the publications of its rows in the thesis' tables, or, without a row, those of its text.")

  /// How publications are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv, bibtex, markdown
  }

  @Option(help: ArgumentHelp("Only those of this part of the taxonomy.", valueName: "part")) var category: String?
  @Option(help: ArgumentHelp("Only these years: 2020..2023, 2020, 2020.. or ..2016.", valueName: "years")) var year: String?
  @Option(help: ArgumentHelp("Only those with this in an author's name.", valueName: "name")) var author: String?
  @Option(help: ArgumentHelp("Only those with all of these words in title, authors, venue or key.", valueName: "words"))
  var search: String?
  @Option(help: ArgumentHelp("The order: year (newest first), title, author, key or reference.", valueName: "order")) var sort = "year"
  @Option(help: "How the result is printed.") var format = Format.table

  func run() throws {
    try Failure.reported {
      let taxonomy = try Taxonomy.shipped()
      var query = PublicationQuery()
      query.node = try category.map { try TaxonomyArgument.node($0, in: taxonomy) }
      query.years = try year.map { try YearsArgument.range($0) }
      (query.author, query.search) = (author, search)
      guard let order = PublicationQuery.Order(rawValue: sort) else {
        throw UsageError.badValue(option: "sort", value: sort, valid: PublicationQuery.Order.allCases.map(\.rawValue))
      }
      query.order = order
      let found = taxonomy.publications(query)
      switch format {
      case .json: Console.result(try JSONOutput.text(found.map { PublicationReport($0, taxonomy: taxonomy) }))
      case .bibtex: if !found.isEmpty { Console.result(String(BibTeX.text(found).dropLast())) }
      case .csv: Console.result(String(Self.table(found, taxonomy, .csv).dropLast()))
      case .markdown: Console.result(String(Self.table(found, taxonomy, .markdown).dropLast()))
      case .table: if !found.isEmpty { Console.result(String(Self.table(found, taxonomy, .plain).dropLast())) }
      }
      Console.note("\(found.count) of \(taxonomy.publications.count) publications")
    }
  }

  /// One row for each publication; comma-separated values have every author and the venue, columns for people short titles.
  private static func table(_ publications: [Publication], _ taxonomy: Taxonomy, _ style: TextTable.Style) -> String {
    let isFull = style == .csv
    let more: [TextTable.Column] =
      isFull ? [.init("authors", .left), .init("venue", .left), .init("reference")] : [.init("authors", .left)]
    var table = TextTable([.init("year"), .init("key", .left), .init("title", .left)] + more + [.init("categories", .left)])
    for publication in publications {
      let categories = publication.sections.compactMap { taxonomy.category(ofSection: $0)?.name }.joined(separator: "; ")
      let title = publication.title
      let shown = style == .plain && title.count > longestTitle ? title.prefix(longestTitle - 1) + "…" : title[...]
      let authors =
        isFull
        ? [publication.authors.joined(separator: "; "), publication.venue ?? "", publication.reference.map { "\($0)" } ?? ""]
        : [publication.citedAuthors]
      table.append(["\(publication.year)", publication.key, String(shown)] + authors + [categories])
    }
    return table.text(style)
  }

  private static let longestTitle = 72
}

/// Shows one publication.
struct PapersShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a publication: where it stands in the taxonomy, what it is related to, and its BibTeX entry.")

  @Argument(help: ArgumentHelp("A key such as minnen2018joint, or the number in the thesis' bibliography.", valueName: "publication"))
  var key: String
  @Option(help: "How the result is printed.") var format = Format.text

  /// How a publication is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, bibtex
  }

  func run() throws {
    try Failure.reported {
      let bibliography = try Bibliography.shipped()
      let publication = try TaxonomyArgument.publication(key, in: bibliography)
      switch format {
      case .text: Console.result(PublicationReport(publication, taxonomy: bibliography.taxonomy).text)
      case .json: Console.result(try JSONOutput.text(PublicationReport(publication, taxonomy: bibliography.taxonomy)))
      case .bibtex: Console.result(String(BibTeX.entry(publication).dropLast()))
      }
    }
  }
}
