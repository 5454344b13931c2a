/// A context model's weights as they were arranged last.
///
/// Arranging takes a few milliseconds for M = 192. The weights are compared with a copy before each use, which costs less:
/// weights change in many ways, and coding with those of before would not be noticed.
final class SerialContextCache {
  private var kept: (weights: ContextWeights, context: SerialContext)?

  /// Returns a model's weights, arranged anew where they have changed.
  ///
  /// - Throws: ``LatentModelError/notCausal``.
  func context(of model: ContextModel) throws -> SerialContext {
    if let kept, try kept.weights.areThose(of: model) { return kept.context }
    kept = nil
    let weights = try ContextWeights(model)
    let context = try SerialContext(weights)
    kept = (weights, context)
    return context
  }
}
