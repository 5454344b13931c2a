/// Outcomes as a table in Markdown.
enum OutcomeTable {
  static let head = """
    | model | encoders, with other payload | pairs | refused, with cause | other pictures, by at most | tables, other | elements of y, other | drift |
    |---|---|---|---|---|---|---|---|
    """

  static func row(_ label: String, _ outcome: Trial.Outcome) -> String {
    let cells = [
      label, "\(outcome.encoders), \(outcome.otherPayloads)", "\(outcome.pairs)", "\(outcome.refused), \(outcome.named)",
      "\(outcome.otherPictures), \(outcome.largestDifference)", "\(outcome.tables), \(outcome.otherTables)",
      "\(outcome.elements), \(outcome.otherElements)", outcome.drift == 0 ? "0" : "\(outcome.drift)",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
