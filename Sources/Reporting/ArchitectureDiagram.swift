/// A learned codec as a drawing: what its networks are made of, the shapes between the layers, and what is coded.
///
/// The encoder runs down on the left, the decoder up on the right, as in figure 7.10 of the thesis; a second latent continues both below the
/// first. Between them each latent is quantised (Q), coded (AE) to bits and decoded (AD).
public struct ArchitectureDiagram: Sendable, Equatable {
  /// What a block does, told by its colour.
  public enum Kind: Sendable, Equatable, CaseIterable {
    /// A convolution or another layer with weights.
    case layer
    /// A non-linearity.
    case nonlinearity
    /// An entropy model.
    case entropy
  }

  /// A layer.
  public struct Block: Sendable, Equatable {
    /// What stands in it.
    public let title: String
    /// What it does.
    public let kind: Kind
    /// The shape of its output; empty where it is unknown or that of its input.
    public let shape: String

    /// Creates a block.
    public init(_ title: String, kind: Kind = .layer, shape: String = "") { (self.title, self.kind, self.shape) = (title, kind, shape) }
  }

  /// A network.
  public struct Network: Sendable, Equatable {
    /// What stands over it.
    public let title: String
    /// The layers in the order of the data.
    public let blocks: [Block]

    /// Creates a network.
    public init(title: String, blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }
  }

  /// A latent with the networks on both sides of it and its entropy model.
  public struct Level: Sendable, Equatable {
    /// The name, such as `y`.
    public let name: String
    /// The shape of the latent.
    public let shape: String
    /// What makes it.
    public let analysis: Network
    /// What makes something of it.
    public let synthesis: Network
    /// The entropy model, in lines.
    public let entropyModel: [String]
    /// What predicts the latent from what is decoded already; empty for nothing.
    public let context: [Block]

    /// Creates a level.
    public init(name: String, shape: String, analysis: Network, synthesis: Network, entropyModel: [String], context: [Block] = []) {
      (self.name, self.shape, self.analysis, self.synthesis) = (name, shape, analysis, synthesis)
      (self.entropyModel, self.context) = (entropyModel, context)
    }
  }

  /// The title.
  public var title: String
  /// What stands under it, such as parameters and operations.
  public var subtitle: String
  /// The shape of the picture.
  public var input: String
  /// The latents, that of the picture first.
  public var levels: [Level]

  /// Creates a diagram.
  public init(title: String, subtitle: String, input: String, levels: [Level]) {
    (self.title, self.subtitle, self.input, self.levels) = (title, subtitle, input, levels)
  }
}
