import Layers
public import Torch

/// The context-adaptive entropy model of Lee, Cho, Beack, "Context-adaptive entropy model for end-to-end optimized image compression", ICLR 2019: each place
/// from two contexts, one that costs bits and one that costs none.
///
///     c'_i = ψ in the 4×4 window of place i (bit-consuming), c''_i = ŷ in the same window, as far as it is known (bit-free)
///     θ_i = f(c'_i, c''_i)
///
/// The window reaches three rows up, two columns to the left and one to the right, as in the authors' program; of its last row the bit-free context has the
/// two columns to the left. What is outside the latent counts as zero.
///
/// What the paper leaves open or what differs: f is a layer over both windows and two more for each place, with leaky units between; its width is a
/// setting. The places are coded in slanted lines in place of raster order, which no prediction notices (``SlantedLines``): 2·(H − 1) + W groups. ŷ is
/// rounded around its predicted centre where the density has one, the paper rounds to whole numbers.
public final class ContextAdaptiveContext: GroupedContext {
  /// The channels of the latent, M.
  public let channels: Int
  /// How many numbers describe an element, P.
  public let parametersPerElement: Int
  private let layers: [TokenLinear]
  private let unit = LeakyRectifiedLinear()

  /// The window of what is known: rows −3…0 and columns −2…1 around a place in the middle of a kernel of 7×7, without the place and what follows it.
  private static let known = KernelTaps(
    side: 7, taps: (0...3).flatMap { row in (1...4).filter { row < 3 || $0 < 3 }.map { row * 7 + $0 } })
  /// The window of side information: the whole of it.
  private static let told = KernelTaps(side: 7, taps: (0...3).flatMap { row in (1...4).map { row * 7 + $0 } })

  /// Creates the model.
  ///
  /// - Parameters:
  ///   - width: the features of a place between the layers.
  ///   - hyperChannels: K, the channels of ψ; 0 for none.
  public init(channels: Int, width: Int, hyperChannels: Int, parametersPerElement: Int, seeds: SeedSequence) throws {
    self.channels = channels
    self.parametersPerElement = parametersPerElement
    let inputs = Self.known.taps.count * channels + Self.told.taps.count * hyperChannels
    let widths = [inputs, width, width, parametersPerElement * channels]
    layers = try zip(widths, widths.dropFirst()).map { try TokenLinear($0, $1, seeds: seeds) }
  }

  /// f, `estimator.LAYER`.
  public var members: [Member] {
    [.module("estimator", ModuleList(layers.enumerated().map { .module(String($0.offset), $0.element) }))]
  }

  /// Slanted lines of places.
  public func order(height: Int, width: Int) -> CodingOrder { Self.lines(height, width).order(channels: channels) }

  private static func lines(_ height: Int, _ width: Int) -> SlantedLines {
    // One column to the right, as a kernel of side 3 has it.
    SlantedLines(height: height, width: width, kernel: 3)
  }

  /// Begins a prediction.
  public func begin(hyper: Tensor?) throws -> any GroupPrediction { Prediction(model: self, hyper: hyper) }

  /// Returns the parameters of some places, `[N, P·M·n]`.
  private func parameters(_ latent: Tensor, hyper: Tensor?, at places: [Int]) throws -> Tensor {
    let samples = latent.shape[0]
    func window(_ taps: KernelTaps, of tensor: Tensor) throws -> Tensor {
      try taps.taken(from: tensor, around: places).permuted([0, 2, 1, 3]).reshaped([samples, places.count, -1])
    }
    let free = try window(Self.known, of: latent)
    var features = try hyper.map { try Tensor.concatenated([free, window(Self.told, of: $0)], along: 2) } ?? free
    for (number, layer) in layers.enumerated() {
      features = try layer.forward(number == 0 ? features : unit.forward(features))
    }
    return try features.permuted([0, 2, 1]).reshaped([samples, -1])
  }

  private final class Prediction: ElementPrediction {
    let model: ContextAdaptiveContext
    let hyper: Tensor?
    private var patterns: [PlacePattern] = []

    init(model: ContextAdaptiveContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

    var context: any GroupedContext { model }

    func elementParameters(of group: Int, known: Tensor) throws -> Tensor {
      let shape = known.shape
      if patterns.isEmpty { patterns = ContextAdaptiveContext.lines(shape[2], shape[3]).patterns }
      return try model.parameters(known, hyper: hyper, at: patterns[group].places(height: shape[2], width: shape[3]))
    }
  }
}
