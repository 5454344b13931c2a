import ArgumentParser
import Layers
import Torch

/// A block that is compared, under its name in rows.py.
struct Row: Sendable {
  let name: String
  let make: @Sendable (SeedSequence) throws -> any Layer

  static let all = [
    Row(name: "swin") { try SwinBlock(channels: 128, shape: SwinShape(heads: 8, window: 8), seeds: $0) },
    Row(name: "swin-4") { try SwinBlock(channels: 192, shape: SwinShape(heads: 12, window: 4), seeds: $0) },
    Row(name: "residual-swin") { try ResidualSwinBlock(channels: 128, shape: SwinShape(heads: 4, window: 8), seeds: $0) },
    Row(name: "window-attention") { try WindowAttentionBlock(channels: 192, heads: 8, window: 8, shift: 4, seeds: $0) },
    Row(name: "mixture") { try TransformerCNNBlock(channels: 128, heads: 8, window: 8, isMoved: false, seeds: $0) },
    Row(name: "mixture-moved") { try TransformerCNNBlock(channels: 128, heads: 4, window: 8, isMoved: true, seeds: $0) },
    Row(name: "neighborhood") { try NeighborhoodAttentionBlock(channels: 128, heads: 8, seeds: $0) },
    Row(name: "residual-neighborhood") { try ResidualNeighborhoodAttentionBlock(channels: 256, heads: 16, seeds: $0) },
    Row(name: "residual-neighborhood-16") { try ResidualNeighborhoodAttentionBlock(channels: 320, heads: 20, seeds: $0) },
  ]

  static func named(_ name: String) throws -> Row {
    guard let row = all.first(where: { $0.name == name }) else { throw ValidationError("there is no row '\(name)' in Row.swift") }
    return row
  }
}
