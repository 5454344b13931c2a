/// Bringing the parameter names of older checkpoints up to date.
enum ParameterNames {
  /// Wrappers that put a prefix before every name: data-parallel training and compiled modules.
  private static let wrappers = ["module.", "_orig_mod."]

  /// Returns `tensors` with current names, in the same order.
  ///
  /// - A `module.` or `_orig_mod.` before every name is removed, repeatedly.
  /// - CompressAI's old names of the bottleneck's parameters, `_matrices.0`, `_matrix0` and alike with biases and factors, become `matrices.0`.
  /// - In files that hold such a bottleneck, `downsample` of a residual block becomes `skip`.
  /// - Throws: ``WeightsProblem/duplicateName(_:)`` when two tensors get one name.
  static func current(_ tensors: StoredTensors) throws(WeightsProblem) -> StoredTensors {
    var names = tensors.names
    while let wrapper = wrappers.first(where: { wrapper in !names.isEmpty && names.allSatisfy { $0.hasPrefix(wrapper) } }) {
      names = names.map { String($0.dropFirst(wrapper.count)) }
    }
    let isCompressAI = names.contains { $0.contains("entropy_bottleneck.") }
    var result = StoredTensors(metadata: tensors.metadata)
    for (name, old) in zip(names, tensors) {
      let name = current(name, isCompressAI: isCompressAI)
      guard result[name] == nil else { throw .duplicateName(name) }
      result[name] = old.tensor
    }
    return result
  }

  private static func current(_ name: String, isCompressAI: Bool) -> String {
    var parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if isCompressAI { parts = parts.map { $0 == "downsample" ? "skip" : $0 } }
    for (old, new) in [("_matrices", "matrices"), ("_biases", "biases"), ("_factors", "factors")]
    where parts.count >= 2 && parts[parts.count - 2] == old && isNumber(parts[parts.count - 1]) {
      parts[parts.count - 2] = new
    }
    for (old, new) in [("_matrix", "matrices"), ("_bias", "biases"), ("_factor", "factors")] {
      guard let last = parts.last, last.hasPrefix(old), isNumber(String(last.dropFirst(old.count))) else { continue }
      parts[parts.count - 1] = "\(new).\(last.dropFirst(old.count))"
    }
    return parts.joined(separator: ".")
  }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
