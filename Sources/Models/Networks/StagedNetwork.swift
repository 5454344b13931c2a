public import Torch

/// A network that is a chain of layers named by their numbers, between which something else can be put.
public protocol StagedNetwork: LocalLayer {
  /// The layers in the order of their use.
  var stages: [any Layer] { get }
}

extension FactorizedPriorEncoder: StagedNetwork {
  /// Convolutions and non-linearities.
  public var stages: [any Layer] { layers.layers }
}

extension FactorizedPriorDecoder: StagedNetwork {
  /// Transposed convolutions and non-linearities.
  public var stages: [any Layer] { layers.layers }
}

extension Cheng2020AnchorEncoder: StagedNetwork {
  /// Residual blocks and a convolution.
  public var stages: [any Layer] { layers.layers }
}

extension Cheng2020AnchorDecoder: StagedNetwork {
  /// Residual blocks and a sub-pixel convolution.
  public var stages: [any Layer] { layers.layers }
}

extension Cheng2020AttentionEncoder: StagedNetwork {
  /// Residual blocks, attention and a convolution.
  public var stages: [any Layer] { layers.layers }
}

extension Cheng2020AttentionDecoder: StagedNetwork {
  /// Attention, residual blocks and a sub-pixel convolution.
  public var stages: [any Layer] { layers.layers }
}

extension ELICEncoder: StagedNetwork {
  /// Convolutions, residual bottleneck blocks and attention.
  public var stages: [any Layer] { layers.layers }
}

extension ELICDecoder: StagedNetwork {
  /// Attention, transposed convolutions and residual bottleneck blocks.
  public var stages: [any Layer] { layers.layers }
}

extension TinyLICEncoder: StagedNetwork {
  /// Convolutions and attention to neighbours.
  public var stages: [any Layer] { layers.layers }
}

extension TinyLICDecoder: StagedNetwork {
  /// Attention to neighbours and transposed convolutions.
  public var stages: [any Layer] { layers.layers }
}

extension MLICEncoder: StagedNetwork {
  /// Residual blocks and a convolution.
  public var stages: [any Layer] { layers.layers }
}

extension MLICDecoder: StagedNetwork {
  /// Residual blocks and a sub-pixel convolution.
  public var stages: [any Layer] { layers.layers }
}
