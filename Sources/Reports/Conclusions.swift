import Reporting
public import Results

/// What can be concluded of the curves of one data set in one measure, in sentences.
///
/// A claim is made where an interval excludes 0, and nowhere else.
public struct Conclusions: Sendable, Equatable {
  /// What the intervals rest on.
  public enum Basis: Sendable, Equatable {
    /// The choice of images.
    case images(Int, draws: Int)
    /// The seeds of trainings, the fewest of any variation.
    case seeds(Int)
    /// There is none.
    case none
  }

  /// One sentence or more.
  public struct Statement: Sendable, Equatable {
    /// What a statement does.
    public enum Kind: String, Sendable, Equatable {
      /// It says that there is nothing to say.
      case nothing
      /// It says what was compared.
      case scope
      /// It says which curves differ.
      case differs
      /// It says which curves cannot be told apart.
      case undecided
      /// It says what the reader must bear in mind.
      case caution
      /// It says what the thesis claims, and whether this agrees.
      case thesis
    }

    /// What it does.
    public let kind: Kind
    /// The text.
    public let text: String

    /// Creates a statement.
    public init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }
  }

  /// The fewest images from which anything is concluded.
  public static let fewestImages = 5

  /// The data set.
  public let dataset: String
  /// The measure.
  public let metric: ComparisonMetric
  /// What the intervals rest on.
  public let basis: Basis
  /// The names that ``pairs`` number.
  public let names: [String]
  /// The pairs behind the statements.
  public let pairs: [PairwiseDeltas.Pair]
  /// The statements.
  public private(set) var statements: [Statement] = []

  /// Concludes from curves that were compared over the same images.
  ///
  /// - Parameters:
  ///   - trained: the curves that are of trained networks, by name: their intervals do not cover the chance of training.
  ///   - thesis: the tables of the thesis that have some of the curves.
  public init(
    dataset: String, metric: ComparisonMetric, images deltas: PairwiseDeltas, trained: Set<String> = [], thesis: [ThesisTable] = []
  ) {
    (self.dataset, self.metric, names, pairs) = (dataset, metric, deltas.names, deltas.pairs)
    let hasIntervals = deltas.pairs.contains { $0.interval != nil }
    basis =
      hasIntervals && deltas.imageCount >= Self.fewestImages ? .images(deltas.imageCount, draws: deltas.draws) : .none
    guard names.count > 1 else {
      add(.nothing, "There is one curve on \(dataset) in \(metric.title), and nothing to compare it with.")
      return
    }
    guard case .images = basis else {
      add(.nothing, Self.nothing(dataset, metric, imageCount: deltas.imageCount, hasIntervals: hasIntervals))
      return
    }
    let count = pairs.count
    add(
      .scope,
      "On \(dataset), in \(metric.title), \(names.count) curves were compared in \(count) \(count == 1 ? "pair" : "pairs") over the same \(deltas.imageCount) images."
    )
    state("needs fewer bits", unit: "%")
    add(
      .caution,
      "The intervals hold for all \(count) pairs together at about 95 % (\(deltas.draws) resamplings of the images, the greatest deviation of any pair), so that no verdict needs a further adjustment for their number. They say how far the numbers depend on the choice of these images, and nothing of other kinds of pictures."
    )
    let networks = names.filter(trained.contains)
    if !networks.isEmpty {
      add(
        .caution,
        "\(Self.list(networks)) \(networks.count == 1 ? "is" : "are") of one training each. Another seed gives other weights, and the intervals do not cover that: a difference between two trained variants is one of these weights, not yet one of the methods. Several seeds in the study would tell."
      )
    }
    compare(thesis)
  }

  /// Concludes from variations that were trained with several seeds.
  ///
  /// - Parameter anchor: what the BD-rates are against.
  public init(dataset: String, metric: ComparisonMetric, seeds deltas: SeedDeltas, anchor: String, thesis: [ThesisTable] = []) {
    (self.dataset, self.metric, pairs) = (dataset, metric, deltas.pairs)
    names = deltas.variations.map(\.name)
    let fewest = deltas.variations.map(\.values.count).min() ?? 0
    basis = deltas.pairs.contains { $0.interval != nil } ? .seeds(fewest) : .none
    guard case .seeds = basis else {
      add(.nothing, "Nothing can be concluded on \(dataset) in \(metric.title): no two variations have two trainings or more each.")
      return
    }
    let counts = deltas.variations.map { "\($0.name) \($0.values.count)" }
    add(.scope, "On \(dataset), in \(metric.title), BD-rates against \(anchor) of several trainings were compared: \(Self.list(counts)).")
    state("needs fewer bits", unit: "points")
    add(
      .caution,
      "The intervals are those of the differences of the mean BD-rates over the seeds (Welch); they hold at 95 % for all \(pairs.count) pairs together (Bonferroni). They cover the chance of training, and not the choice of the images."
    )
    compare(thesis)
  }

  /// All statements as one paragraph.
  public var paragraph: String { statements.map(\.text).joined(separator: " ") }

  private mutating func add(_ kind: Statement.Kind, _ text: String) { statements.append(Statement(kind, text)) }

  private static func nothing(_ dataset: String, _ metric: ComparisonMetric, imageCount: Int, hasIntervals: Bool) -> String {
    let start = "Nothing can be concluded on \(dataset) in \(metric.title): "
    if imageCount == 0 {
      return start
        + "there are neither several trainings with different seeds nor numbers of the same images for all curves, so that no difference has an interval. Those in the tables may be chance."
    }
    if hasIntervals || imageCount < fewestImages {
      return start
        + "\(imageCount) common \(imageCount == 1 ? "image" : "images") and one training each are too few for an interval that means anything; at least \(fewestImages) images, better 20 or more, or several seeds are needed."
    }
    return start + "no pair of curves has a BD-rate with an interval; the curves overlap too little or have too few points."
  }

  /// Says who needs fewer bits than whom, who cannot be told apart, and of whom nothing is known.
  private mutating func state(_ verb: String, unit: String) {
    let decided = pairs.filter { $0.verdict == .firstNeedsLess || $0.verdict == .secondNeedsLess }
    let open = pairs.filter { $0.verdict == .notToldApart }
    let unknown = pairs.filter { $0.verdict == .unknown }
    var wins = names.map { _ in 0 }
    for pair in decided { wins[pair.verdict == .firstNeedsLess ? pair.first : pair.second] += 1 }
    let order = names.indices.sorted { (wins[$0], $1) > (wins[$1], $0) }
    let isTotal = decided.count == pairs.count && order.enumerated().allSatisfy { wins[$0.element] == names.count - 1 - $0.offset }
    if isTotal, names.count > 2 {
      let steps = zip(order, order.dropFirst()).map { better, worse in "\(names[worse]) (\(difference(better, worse, unit)))" }
      add(
        .differs,
        "All of them differ. From the fewest bits to the most, with what the former needs against the latter: \(names[order[0]]), \(steps.joined(separator: ", "))."
      )
    } else if let center {
      stateAround(center, decided)
    } else {
      let withNumbers = decided.count <= 12
      for winner in order where wins[winner] > 0 {
        let losers = order.filter { isWon(by: winner, over: $0, decided) }
        let words = losers.map { withNumbers ? "\(names[$0]) (\(difference(winner, $0, unit)))" : names[$0] }
        add(.differs, "\(names[winner]) \(verb) than \(Self.list(words)).")
      }
    }
    if decided.isEmpty, !open.isEmpty { add(.undecided, "No two of them can be told apart.") }
    if !open.isEmpty {
      let words = open.map { "\(names[$0.first]) and \(names[$0.second]) (\(Self.text($0.rate, $0.interval, unit)))" }
      let shown = words.count > 12 ? Array(words.prefix(12)) + ["\(words.count - 12) more pairs"] : words
      add(.undecided, "Not told apart: \(shown.joined(separator: "; ")).")
    }
    if !unknown.isEmpty {
      let words = unknown.map { "\(names[$0.first]) and \(names[$0.second])" }
      let shown = words.count > 8 ? Array(words.prefix(8)) + ["\(words.count - 8) more pairs"] : words
      add(.undecided, "Without a BD-rate or an interval, so that nothing is said of them: \(shown.joined(separator: "; ")).")
    }
  }

  /// The curve that all pairs have, where there are too many curves to compare each with each.
  private var center: Int? {
    guard names.count > 3, pairs.count == names.count - 1 else { return nil }
    return names.indices.first { place in pairs.allSatisfy { $0.first == place || $0.second == place } }
  }

  private mutating func stateAround(_ center: Int, _ decided: [PairwiseDeltas.Pair]) {
    func others(_ needLess: Bool) -> [String] {
      decided.filter { ($0.verdict == .firstNeedsLess) == (($0.first != center) == needLess) }
        .map { names[$0.first == center ? $0.second : $0.first] }
    }
    for (word, list) in [("Fewer", others(true)), ("More", others(false))] where !list.isEmpty {
      add(.differs, "\(word) bits than \(names[center]) \(list.count == 1 ? "needs" : "need") \(Self.list(list)).")
    }
  }

  private func isWon(by winner: Int, over loser: Int, _ decided: [PairwiseDeltas.Pair]) -> Bool {
    decided.contains { pair in
      let isPair = pair.first == min(winner, loser) && pair.second == max(winner, loser)
      return isPair && (pair.verdict == .firstNeedsLess) == (pair.first == winner)
    }
  }

  /// What the one needs against the other.
  private func difference(_ one: Int, _ other: Int, _ unit: String) -> String {
    guard let pair = pairs.first(where: { ($0.first, $0.second) == (min(one, other), max(one, other)) }) else { return "" }
    // A BD-rate against the other way round: a ratio turns into its inverse; a difference of points changes its sign.
    func turn(_ value: Double) -> Double { unit == "%" ? 100 * (100 / (100 + value) - 1) : -value }
    let isTurned = pair.first != one
    guard isTurned else { return Self.text(pair.rate, pair.interval, unit) }
    let interval = pair.interval.map { range -> ClosedRange<Double> in
      let ends = [turn(range.lowerBound), turn(range.upperBound)].sorted()
      return ends[0]...ends[1]
    }
    return Self.text(pair.rate.map(turn), interval, unit)
  }

  private static func text(_ rate: Double?, _ interval: ClosedRange<Double>?, _ unit: String) -> String {
    func number(_ value: Double) -> String { NumberText.signed(value, decimals: 1).replacing("-", with: "−") }
    guard let rate else { return "no BD-rate" }
    guard let interval else { return "\(number(rate)) \(unit)" }
    return "\(number(rate)) \(unit), \(number(interval.lowerBound)) to \(number(interval.upperBound))"
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// Sets the order in the thesis beside this one.
  private mutating func compare(_ tables: [ThesisTable]) {
    for table in tables {
      guard metric.key == "psnr" else { continue }
      let rows = table.rows.filter { row in names.contains(where: { ThesisTable.variant($0) == row.variant }) }
      guard rows.count > 1 else { continue }
      let printed = rows.map { "\($0.variant) \(NumberText.signed($0.printed.rate, decimals: 2).replacing("-", with: "−")) %" }
      add(
        .thesis,
        "\(table.title) of the thesis prints, against BPG 4:4:4 on Kodak: \(Self.list(printed)); one training of a large network each, without intervals, so that the order of near values is no claim that can be tested."
      )
      var (agreeing, opposing, open) = ([String](), [String](), [String]())
      for pair in pairs {
        guard let one = rows.first(where: { $0.variant == ThesisTable.variant(names[pair.first]) }),
          let other = rows.first(where: { $0.variant == ThesisTable.variant(names[pair.second]) })
        else { continue }
        let words = "\(names[pair.first]) and \(names[pair.second])"
        switch pair.verdict {
        case .firstNeedsLess: one.printed.rate < other.printed.rate ? agreeing.append(words) : opposing.append(words)
        case .secondNeedsLess: one.printed.rate > other.printed.rate ? agreeing.append(words) : opposing.append(words)
        default: open.append(words)
        }
      }
      var parts: [String] = []
      if !agreeing.isEmpty { parts.append("in the same order as there: \(agreeing.joined(separator: "; "))") }
      if !opposing.isEmpty { parts.append("the other way round: \(opposing.joined(separator: "; "))") }
      if !open.isEmpty { parts.append("not told apart here: \(open.joined(separator: "; "))") }
      if !parts.isEmpty { add(.thesis, "Here they stand \(parts.joined(separator: ". And ")).") }
    }
  }
}
