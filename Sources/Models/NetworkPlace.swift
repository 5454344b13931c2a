import Configuration
import Registry

/// What a model says of one place for a network, for a network that cannot know it: its ends and how it changes the sides.
struct NetworkPlace {
  let input: Suggestion
  let output: Suggestion
  let scale: NetworkPlan.Scale

  /// The arguments of networks that have settings for them.
  var suggestions: [String: Suggestion] {
    var result = ["in_channels": input, "out_channels": output]
    switch scale {
    case .reduces(let factor): result["downsampling"] = Suggestion(Node(.int(factor)))
    case .enlarges(let factor): result["upsampling"] = Suggestion(Node(.int(factor)))
    }
    return result
  }
}

extension Suggestion {
  /// The channels of pictures.
  static let pictures = Suggestion(Node(.int(3)))

  /// The suggestion of a multiple of this number, which the same setting says.
  func times(_ factor: Int) -> Suggestion {
    guard case .int(let number) = value.value else { return self }
    return Suggestion(Node(.int(number * factor), mark: value.mark), path: path)
  }
}
