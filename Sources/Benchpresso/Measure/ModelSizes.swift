import Configuration
import Models
import Registry

/// N and M of a model, and what the model is without them.
struct ModelSizes: Equatable {
  /// N and M in words: `N = 128, M = 192`.
  let text: String
  /// The model with these numbers and the loss taken out, equal for models that differ in size alone.
  let rest: String

  /// Looks for the numbers among the arguments of a model and its parts; nil where there are none.
  init?(_ model: Component<ModelKind>) {
    let n = Self.first("channels", in: model.arguments)
    let m = Self.first("expansion_channels", in: model.arguments)
    guard n != nil || m != nil else { return nil }
    text = [("N", n), ("M", m)].compactMap { letter, value in value.map { "\(letter) = \($0)" } }.joined(separator: ", ")
    rest = model.classPath + "\n" + Self.reduced(model.arguments).yaml()
  }

  /// The first whole number under a key, the nearest to the root.
  private static func first(_ key: String, in node: Node) -> Int? {
    if case .int(let value)? = node[key]?.value { return value }
    return node.fields?.lazy.compactMap { first(key, in: $0.value) }.first
  }

  private static func reduced(_ node: Node) -> Node {
    guard let fields = node.fields else { return node }
    let keys = ["channels", "expansion_channels", "rate_distortion_function"]
    return .map(fields.filter { !keys.contains($0.key) }.map { ($0.key, reduced($0.value)) })
  }
}
