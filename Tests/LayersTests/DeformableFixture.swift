import Foundation
import Layers
import Testing
import Torch
import Weights

/// What torchvision's `deform_conv2d` computes; see `Tests/Fixtures/layers/deformable/generate.py`.
struct DeformableFixture: Sendable, CustomStringConvertible {
  let description: String
  let stride: Int
  let padding: Int
  let dilation: Int
  let groups: Int
  let offsetGroups: Int

  static let all = [
    DeformableFixture(description: "plain", stride: 1, padding: 1, dilation: 1, groups: 1, offsetGroups: 1),
    DeformableFixture(description: "masked", stride: 1, padding: 1, dilation: 1, groups: 1, offsetGroups: 3),
    DeformableFixture(description: "strided", stride: 2, padding: 2, dilation: 2, groups: 2, offsetGroups: 3),
    DeformableFixture(description: "wide", stride: 1, padding: 2, dilation: 1, groups: 1, offsetGroups: 2),
    DeformableFixture(description: "whole", stride: 1, padding: 0, dilation: 1, groups: 1, offsetGroups: 1),
  ]

  private static let tensors = Result {
    try WeightsFile.read(
      "\(URL(fileURLWithPath: #filePath).deletingLastPathComponent().path)/../Fixtures/layers/deformable/tensors.safetensors")
  }

  /// A tensor of this case; nil where it has none.
  func tensor(_ name: String) throws -> Tensor? { try Self.tensors.get()["\(description).\(name)"].map { try Tensor($0) } }

  /// A tensor that every case has.
  func needed(_ name: String) throws -> Tensor { try #require(try tensor(name)) }

  /// The layer with the weights of this case.
  func layer() throws -> DeformableConvolution {
    let shape = try needed("weight").shape
    let layer = try DeformableConvolution(
      inputChannels: shape[1] * groups, outputChannels: shape[0], kernel: shape[2], stride: stride, padding: padding, dilation: dilation,
      groups: groups, offsetGroups: offsetGroups, seeds: SeedSequence(1))
    let tensors = try Self.tensors.get()
    var state = StoredTensors()
    for name in ["weight", "bias"] { state[name] = tensors["\(description).\(name)"] }
    try layer.load(state)
    return layer
  }
}
