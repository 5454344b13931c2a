/// How many publications a category has in each year, as table 5.6 places them.
public struct PublicationTrends: Sendable, Equatable {
  /// The years that have publications, rising.
  public let years: [Int]
  /// The names of the categories.
  public let categories: [String]
  /// For each category the number of publications in each of ``years``.
  public let counts: [[Int]]
  /// The number of publications in each year; one in several categories counts once.
  public let publications: [Int]

  /// Counts those publications of a taxonomy whose year is in a range.
  public init(_ taxonomy: Taxonomy, years range: ClosedRange<Int>? = nil) {
    let all = taxonomy.publications.filter { range?.contains($0.year) ?? true }
    let years = Set(all.map(\.year)).sorted()
    self.years = years
    categories = taxonomy.categories.map(\.name)
    counts = taxonomy.categories.map { category in
      years.map { year in all.count { $0.year == year && $0.sections.contains(category.section) } }
    }
    publications = years.map { year in all.count { $0.year == year } }
  }

  /// The publications of a category in a range of years; nil for an unknown category.
  public func count(_ category: String, from first: Int, to last: Int) -> Int? {
    guard let row = categories.firstIndex(of: category) else { return nil }
    return zip(years, counts[row]).reduce(0) { first <= $1.0 && $1.0 <= last ? $0 + $1.1 : $0 }
  }
}

/// What the source says about numbers of publications, so that it can be compared with its own table.
public struct TrendClaim: Sendable, Equatable, Decodable {
  /// A range of years.
  public struct Years: Sendable, Equatable, Decodable {
    /// The first year.
    public let from: Int
    /// The last year.
    public let to: Int
  }

  /// The section that says so.
  public let section: String
  /// The first year.
  public let from: Int
  /// The last year.
  public let to: Int
  /// The number for each category, where numbers are given.
  public let counts: [String: Int]?
  /// Where only growth is claimed: the years before.
  public let moreThan: Years?
  /// The categories that are said to have grown.
  public let categories: [String]?

  /// A claim about one category beside what was counted.
  public struct Check: Sendable, Equatable {
    /// The section that claims it.
    public let section: String
    /// The category.
    public let category: String
    /// The years: `2016–2018`.
    public let years: String
    /// What is claimed: a number, or more than a number.
    public let claimed: String
    /// The number counted.
    public let counted: Int
    /// Whether they agree.
    public let holds: Bool
  }

  /// Compares the claim with the counts, category by category.
  public func checks(_ trends: PublicationTrends) -> [Check] {
    trends.categories.compactMap { category in
      guard let counted = trends.count(category, from: from, to: to) else { return nil }
      func check(_ claimed: String, _ holds: Bool) -> Check {
        Check(section: section, category: category, years: "\(from)–\(to)", claimed: claimed, counted: counted, holds: holds)
      }
      if let number = counts?[category] { return check("\(number)", number == counted) }
      guard let moreThan, categories?.contains(category) ?? false else { return nil }
      guard let before = trends.count(category, from: moreThan.from, to: moreThan.to) else { return nil }
      return check("more than \(before) (\(moreThan.from)–\(moreThan.to))", counted > before)
    }
  }
}
