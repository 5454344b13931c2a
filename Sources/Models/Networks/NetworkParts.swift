import Configuration
import Layers
import Registry
import Torch

/// What a network of the papers' models needs, checked before anything is built.
struct NetworkParts {
  /// N.
  let channels: StatedNumber
  /// M.
  let expansionChannels: StatedNumber
  /// Makes the non-linearity of a place with so many channels.
  let nonlinearity: @Sendable (Int) throws -> any Layer

  /// Takes the parts from settings and surroundings.
  ///
  /// - Parameters:
  ///   - inverse: the direction of the non-linearity.
  ///   - expansion: the network's argument that says M.
  ///   - widths: the channels at the places of the non-linearity, of N and M.
  ///   - context: that of the network, with arguments `activation`, `channels` and `expansion_channels`.
  /// - Throws: `ConfigurationError` for what nobody says, and for an activation that is for another number of channels.
  init(
    activation: Component<NonlinearityKind>?, inverse: Bool, context: BuildContext,
    expansion: String = "expansion_channels",
    widths: (_ n: StatedNumber, _ m: StatedNumber) -> [StatedNumber] = { n, _ in [n] }
  ) throws(ConfigurationError) {
    channels = try context.number("channels")
    expansionChannels = try context.number(expansion)
    guard var activation else {
      let sentence = "is not known here, expected a nonlinearity; write it down"
      throw ConfigurationError(mark: context.mark, path: context.path(of: "activation"), sentence)
    }
    activation.path = context.path(of: "activation")
    for width in widths(channels, expansionChannels) { try Self.check(activation, width: width) }
    nonlinearity = { [activation] channels in
      try context.build(
        activation, as: (any Layer).self, suggesting: ["channels": Node(.int(channels)), "inverse": Node(.bool(inverse))])
    }
  }

  /// Only what is written can be wrong: where nothing is, the convolutions say the number.
  private static func check(_ activation: Component<NonlinearityKind>, width: StatedNumber) throws(ConfigurationError) {
    guard let node = activation.arguments["channels"], case .int(let count) = node.value, count != width.value else { return }
    let path = KeySpelling.path(activation.path, "init_args.channels")
    throw ConfigurationError(
      mark: node.mark, path: path,
      "the convolutions give \(width.value) channels\(width.origin) but the activation takes \(count) (\(path))")
  }
}

extension StatedNumber {
  /// A number that the setting of this one says, too.
  func scaled(to value: Int) -> StatedNumber { StatedNumber(value, path: path, mark: mark) }
}
