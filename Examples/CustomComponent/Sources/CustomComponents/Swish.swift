import Configuration
import Layers
import Registry
import Torch

/// The unit x·σ(β_i·x) with a trained β for each channel: from x/2 (β = 0) to the rectified linear unit (β → ∞).
///
/// Ramachandran, Zoph, Le: "Searching for activation functions", 2017, section 5. With β = 1 it is the SiLU.
public final class Swish: Nonlinearity {
  private let beta: Parameter  // [C]

  /// Creates the unit for `channels` channels.
  public init(channels: Int, beta: Double = 1) throws {
    self.beta = try Parameter(Tensor.full([channels], beta))
  }

  /// β, under the name that it has in files of weights.
  public var members: [Member] { [.parameter("beta", beta)] }

  /// Returns the unit's values for `[N, C, H, W]`, of the same shape.
  public func forward(_ input: Tensor) throws -> Tensor {
    let beta = try beta.tensor.reshaped([1, beta.tensor.shape[0], 1, 1])
    return try input * (input * beta).sigmoid()
  }

  /// Two products, an exponential, a sum and a quotient for each channel.
  public static func cost(channels: Int) -> PixelCost { PixelCost(multiplyAccumulates: 0, others: 5 * channels) }
}

/// The settings of `nonlinearity.Swish`: every property has a default, and the key of `someName` is `some_name`.
struct SwishSettings: ValidatedSettings {
  /// A setting called `channels` that is null takes the number of channels of each place in a network.
  var channels: Int?
  var beta = 1.0

  init() {}

  /// What is out of range; wrong types and unknown keys are found without it.
  func problems() -> [(key: String, sentence: String)] {
    var found: [(key: String, sentence: String)] = []
    if let channels, channels < 1 { found.append(("channels", "must be positive, found \(channels)")) }
    if !beta.isFinite { found.append(("beta", "must be finite, found \(beta)")) }
    return found
  }

  /// What users read, in `describe` and in editors.
  static let documentation = [
    "channels": "The number of channels, at least 1; null takes what the place in the network needs.",
    "beta": "The value of every β before the training.",
  ]
}

extension Swish {
  /// Its place in the catalogue.
  static let entry = Entry(
    NonlinearityKind.self, "nonlinearity.Swish", aliases: ["custom.Swish"], summary: "x times a sigmoid whose steepness is trained.",
    outside: "it works on each value by itself; the taxonomy has normalizations across channels alone",
    paper: "ramachandran2017searching", equation: "z_i = x_i · σ(β_i·x_i)", settings: SwishSettings.self
  ) { settings, _ -> any Layer in try Swish(channels: settings.channels ?? 1, beta: settings.beta) }
}
