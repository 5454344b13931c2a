import Layers
public import Torch

/// No context model: all elements at once from side information alone.
///
/// ψ is the parameters where it has as many channels, as in the hyperpriors of Ballé and others (2018) and of Minnen and others (2018); otherwise three
/// convolutions 1×1 make them of it, as in Cheng and others (2020).
public final class NoContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let network: Sequential?

  /// Creates the model.
  ///
  /// - Parameter hyperChannels: K, the channels of ψ, more than 0.
  public init(channels: Int, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence) throws {
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    let outputs = parametersPerElement * channels
    network = hyperChannels == outputs ? nil : try EntropyParameters.layers(from: hyperChannels, to: outputs, seeds: seeds)
  }

  /// The network, where there is one.
  public var members: [Member] { network.map { [.module("entropy_parameters", $0)] } ?? [] }

  /// Everything at once.
  public func order(height: Int, width: Int) -> CodingOrder { .atOnce(channels: channels) }

  /// Begins a prediction, which needs side information.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction {
    guard let hyper else { throw LatentModelError.size(expected: "side information", found: "none") }
    return Prediction(parameters: try network?.traced(hyper) ?? hyper)
  }

  private struct Prediction: GroupPrediction {
    let parameters: Tensor

    func parameters(of group: Int, known: Tensor) -> Tensor { parameters }
  }
}
