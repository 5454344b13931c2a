import Configuration
import Registry

/// Finds what does not fit between the parts of a model.
struct PlanFit {
  let context: BuildContext
  private(set) var problems: [Problem] = []

  init(context: BuildContext) { self.context = context }

  /// Two numbers of channels that have to be one: a sentence's start and the number of each end.
  mutating func compare(_ first: (start: String, number: StatedNumber), _ second: (start: String, number: StatedNumber)) {
    guard first.number.value != second.number.value else { return }
    let sentence =
      "\(first.start) \(first.number.value) channels\(first.number.origin) but \(second.start) \(second.number.value)\(second.number.origin)"
    // The place of what was written tells more than that of a default.
    let ends = [second.number, first.number]
    let end = ends.first { !$0.mark.isDefault } ?? ends.first { $0.path != nil } ?? second.number
    problems.append(Problem(mark: end.mark.isDefault ? context.mark : end.mark, path: end.path ?? context.path, sentence: sentence))
  }

  /// The number of which the sides of pictures have to be multiples.
  mutating func sideMultiple(encoder: NetworkPlan.Scale, decoder: NetworkPlan.Scale) -> Int {
    switch (encoder, decoder) {
    case (.reduces(let down), .enlarges(let up)):
      if down != up { report("the encoder divides the sides of pictures by \(down) but the decoder multiplies them by \(up)") }
      return down
    case (.enlarges, _): report("the encoder enlarges pictures; name an encoder there")
    case (_, .reduces): report("the decoder reduces its input; name a decoder there")
    }
    return 1
  }

  private mutating func report(_ sentence: String) {
    problems.append(Problem(mark: context.mark, path: context.path, sentence: sentence))
  }
}
