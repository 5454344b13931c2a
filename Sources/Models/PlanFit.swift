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

  /// Channels that have to be divided into vectors of `dimension` numbers.
  mutating func divide(_ channels: (start: String, number: StatedNumber), by dimension: Int, of quantizer: String) {
    guard !channels.number.value.isMultiple(of: dimension) else { return }
    let sentence =
      "\(channels.start) \(channels.number.value) channels\(channels.number.origin), which cannot be divided into vectors of the "
    problems.append(
      Problem(
        mark: context.mark(of: "quantizer"), path: context.path(of: "quantizer"),
        sentence: sentence + "\(dimension) numbers that \(quantizer) takes together (its dimension)"))
  }

  /// A network of thumbnails, which have to be smaller than the pictures by a whole number.
  mutating func check(thumbnail: NetworkPlan, encoder: NetworkPlan) {
    compare(("the encoder gives", encoder.output), ("the network of thumbnails takes", thumbnail.input))
    compare(("the network of thumbnails gives", thumbnail.output), ("the pictures have", StatedNumber(3)))
    guard case .reduces(let down) = encoder.scale else { return }
    guard case .enlarges(let up) = thumbnail.scale, down.isMultiple(of: up) else {
      problems.append(
        Problem(
          mark: context.mark(of: "thumbnail"), path: context.path(of: "thumbnail"),
          sentence:
            "thumbnails have to be smaller than the pictures by a whole number, and the encoder divides the sides by \(down); name a network "
            + "that multiplies them by a divisor of it, such as networks.ThumbnailSynthesis with upsampling 2"))
      return
    }
  }

  /// Channels that have to be divided into `groups` groups.
  mutating func divide(_ channels: (start: String, number: StatedNumber), into groups: Int, of quantizer: String) {
    guard !channels.number.value.isMultiple(of: groups) else { return }
    let sentence =
      "\(channels.start) \(channels.number.value) channels\(channels.number.origin), which cannot be divided into the \(groups) groups that "
    problems.append(
      Problem(
        mark: context.mark(of: "quantizer"), path: context.path(of: "quantizer"),
        sentence: sentence + "\(quantizer) has codebooks for (its groups)"))
  }

  /// The number of which the sides of pictures have to be multiples.
  mutating func sideMultiple(encoder: NetworkPlan.Scale, decoder: NetworkPlan.Scale) -> Int {
    reduction(("encoder", encoder), ("decoder", decoder), of: "pictures")
  }

  /// The number of which the sides of latents have to be multiples.
  mutating func sideMultiple(hyperAnalysis: NetworkPlan.Scale, hyperSynthesis: NetworkPlan.Scale) -> Int {
    reduction(("hyper analysis", hyperAnalysis), ("hyper synthesis", hyperSynthesis), of: "latents")
  }

  private mutating func reduction(
    _ analysis: (name: String, scale: NetworkPlan.Scale), _ synthesis: (name: String, scale: NetworkPlan.Scale), of input: String
  ) -> Int {
    switch (analysis.scale, synthesis.scale) {
    case (.reduces(let down), .enlarges(let up)):
      if down != up {
        report("the \(analysis.name) divides the sides of \(input) by \(down) but the \(synthesis.name) multiplies them by \(up)")
      }
      return down
    case (.enlarges, _): report("the \(analysis.name) enlarges \(input); name \(Self.withArticle(analysis.name)) there")
    case (_, .reduces): report("the \(synthesis.name) reduces its input; name \(Self.withArticle(synthesis.name)) there")
    }
    return 1
  }

  private static func withArticle(_ name: String) -> String { "\("aeiou".contains(name.prefix(1)) ? "an" : "a") \(name)" }

  /// Reports what does not fit, at the place of the component.
  mutating func report(_ sentence: String) {
    problems.append(Problem(mark: context.mark, path: context.path, sentence: sentence))
  }
}
