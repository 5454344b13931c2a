public import Torch

/// A staged network of which some stages are replaced by blocks and behind some of which blocks are inserted: `[N, C, H, W]` to what the base gives.
///
/// Stages have the names of the base; what is inserted behind stage k is `k_after`, and what comes before the first is `before`. Weights of the base therefore fit the stages that are left.
public final class RecombinedNetwork: StagedNetwork {
  /// The layers in the order of their use.
  public let stages: [any Layer]
  /// The layers under their names.
  public let members: [Member]

  /// Creates the network.
  ///
  /// - Parameters:
  ///   - replaced: the layers in place of stages, by the number of the stage.
  ///   - inserted: the layers behind stages, by the number of the stage; −1 is before the first.
  public init(base: any StagedNetwork, replaced: [Int: any Layer], inserted: [Int: any Layer]) {
    let stages = zip(base.members, base.stages).enumerated().flatMap { number, stage -> [(name: String, layer: any Layer)] in
      let name = if case .module(let name, _) = stage.0 { name } else { "\(number)" }
      let kept = (name, replaced[number] ?? stage.1)
      return inserted[number].map { [kept, ("\(name)_after", $0)] } ?? [kept]
    }
    let named = (inserted[-1].map { [("before", $0)] } ?? []) + stages
    self.stages = named.map(\.layer)
    members = named.map { .module($0.name, $0.layer) }
  }

  /// Returns the output of the last stage.
  public func forward(_ input: Tensor) throws -> Tensor { try Sequential(stages).forward(input) }

  /// The rows that the stages need, from the last to the first.
  public func inputRows(for rows: Range<Int>) throws(UnknownReach) -> Range<Int> { try Sequential(stages).inputRows(for: rows) }
}
