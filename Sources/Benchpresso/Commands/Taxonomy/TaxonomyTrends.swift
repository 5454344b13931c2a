import ArgumentParser
import Reporting
import Taxonomy

/// Shows how many publications each category has in each year.
struct TaxonomyTrends: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trends", abstract: "Count the publications of each category and year, and compare with what the thesis says (RQ3).",
    discussion: """
      The counts are those of table 5.6; a publication in several categories counts in each of them, and once in the last row.
        benchpresso taxonomy trends --year 2016..2020
        benchpresso taxonomy trends --format csv > trends.csv
        benchpresso taxonomy trends --plot trends.svg
      """)

  /// How counts are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, markdown, json
  }

  @Option(help: ArgumentHelp("Only these years: 2020..2023, 2020, 2020.. or ..2016.", valueName: "years")) var year: String?
  @Option(help: "How the result is printed.") var format = Format.table
  @Option(help: ArgumentHelp("A picture of the counts: a file ending in .svg, .png or .pdf.", valueName: "file")) var plot: String?

  /// The counts as JSON.
  struct Report: Encodable {
    struct Row: Encodable {
      let category: String
      let counts: [Int]
      let total: Int
    }

    struct Claim: Encodable {
      let section: String
      let category: String
      let years: String
      let claimed: String
      let counted: Int
      let holds: Bool
    }

    let years: [Int]
    let categories: [Row]
    let publications: [Int]
    let claims: [Claim]
  }

  func run() throws {
    try Failure.reported {
      let taxonomy = try Taxonomy.shipped()
      let trends = PublicationTrends(taxonomy, years: try year.map { try YearsArgument.range($0) })
      let checks = taxonomy.claims.flatMap { $0.checks(PublicationTrends(taxonomy)) }
      switch format {
      case .json: Console.result(try JSONOutput.text(Self.report(trends, checks)))
      case .csv: Console.result(String(Self.table(trends).text(.csv).dropLast()))
      case .markdown: Console.result(String(Self.table(trends).text(.markdown).dropLast()))
      case .table:
        Console.result(Self.table(trends).text(.plain))
        for check in checks {
          Console.result(
            "section \(check.section), \(check.years), \(check.category): \(check.claimed) claimed, \(check.counted) counted"
              + (check.holds ? "" : " — they disagree"))
        }
      }
      if let plot {
        let bars = Self.bars(trends)
        try PlotFile.write(plot) { svg, png in try bars.write(svg: svg, png: png) }
        Console.note("wrote \(plot)")
      }
    }
  }

  private static func table(_ trends: PublicationTrends) -> TextTable {
    var table = TextTable([.init("category", .left)] + trends.years.map { .init("\($0)") } + [.init("all")])
    for (category, counts) in zip(trends.categories, trends.counts) {
      table.append([category] + (counts + [counts.reduce(0, +)]).map { "\($0)" })
    }
    table.append(["publications"] + (trends.publications + [trends.publications.reduce(0, +)]).map { "\($0)" })
    return table
  }

  private static func report(_ trends: PublicationTrends, _ checks: [TrendClaim.Check]) -> Report {
    Report(
      years: trends.years,
      categories: zip(trends.categories, trends.counts).map { .init(category: $0, counts: $1, total: $1.reduce(0, +)) },
      publications: trends.publications,
      claims: checks.map {
        .init(
          section: $0.section, category: $0.category, years: $0.years, claimed: $0.claimed, counted: $0.counted, holds: $0.holds)
      })
  }

  private static func bars(_ trends: PublicationTrends) -> StackedColumns {
    StackedColumns(
      title: "Publications by category", groupLabel: "year", countLabel: "publications, once in each of their categories",
      groups: trends.years.map { "\($0)" }, series: zip(trends.categories, trends.counts).map { .init(name: $0, counts: $1) })
  }
}

/// Years as they are named on a command line.
enum YearsArgument {
  /// Returns the years.
  ///
  /// - Throws: ``UsageError`` for a text that names none.
  static func range(_ text: String) throws -> ClosedRange<Int> {
    guard let years = PublicationQuery.years(text) else {
      throw UsageError.needs("--year: expected years such as 2020..2023, 2020, 2020.. or ..2016, found '\(text)'")
    }
    return years
  }
}
