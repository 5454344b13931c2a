import CTorch

/// Runs `body` without recording gradients on this thread.
public func withoutGradients<Result>(_ body: () throws -> Result) throws -> Result {
  let table = try Door.table()
  let earlier = table.pointee.set_grad_enabled(false)
  defer { _ = table.pointee.set_grad_enabled(earlier) }
  return try body()
}

/// Runs `body` with recording of gradients on this thread.
public func withGradients<Result>(_ body: () throws -> Result) throws -> Result {
  let table = try Door.table()
  let earlier = table.pointee.set_grad_enabled(true)
  defer { _ = table.pointee.set_grad_enabled(earlier) }
  return try body()
}

extension Tensor {
  /// Whether gradients with respect to this tensor, or through it, are recorded.
  public var requiresGradient: Bool { (try? Door.table()).map { table in withHandle { table.pointee.requires_grad($0) } } ?? false }

  /// Makes the tensor a leaf for which gradients are recorded, or none.
  public func setRequiresGradient(_ value: Bool = true) throws(TorchError) {
    let table = try Door.table()
    try Door.check(withHandle { table.pointee.set_requires_grad($0, value) }, "requires_grad")
  }

  /// The gradient that ``backward(retainingGraph:)`` accumulated; nil when there is none.
  public func gradient() throws(TorchError) -> Tensor? {
    var result = bp_tensor(ctx: nil)
    let table = try Door.table()
    try Door.check(withHandle { table.pointee.gradient($0, &result) }, "grad")
    return Tensor(owning: result)
  }

  /// Replaces the accumulated gradient; nil clears it.
  public func setGradient(_ gradient: Tensor?) throws(TorchError) {
    let table = try Door.table()
    try Door.check(Tensor.withHandles([self, gradient]) { table.pointee.set_gradient($0[0], $0[1]) }, "grad")
  }

  /// Adds the gradients of this one-element tensor to all leaves that it depends on.
  public func backward(retainingGraph: Bool = false) throws(TorchError) {
    let table = try Door.table()
    try Door.check(Tensor.withHandles([self, nil]) { table.pointee.backward([$0[0]], [$0[1]], 1, retainingGraph) }, "backward")
  }

  /// Returns the tensor cut off from the record of gradients, sharing its elements.
  public func detached() throws(TorchError) -> Tensor { try Operators.detach(self) }

  /// Returns the gradients of this tensor with respect to `inputs`; nil for an input that it does not depend on.
  ///
  /// - Parameter outputGradient: the gradient of this tensor; nil stands for one, when it has one element.
  public func gradients(
    of inputs: [Tensor], outputGradient: Tensor? = nil, retainingGraph: Bool = false, creatingGraph: Bool = false
  ) throws(TorchError) -> [Tensor?] {
    let table = try Door.table()
    var results = [bp_tensor](repeating: bp_tensor(ctx: nil), count: inputs.count)
    let status = Tensor.withHandles([self, outputGradient]) { own in
      Tensor.withHandles(inputs) { inputs in
        table.pointee.grad([own[0]], [own[1]], 1, inputs, Int64(inputs.count), retainingGraph, creatingGraph, &results)
      }
    }
    try Door.check(status, "grad")
    return results.map { Tensor(owning: $0) }
  }
}
