import CTorch

extension Tensor {
  /// Calls `body` in every backward, on the thread that computes it, as soon as the gradient of this leaf is complete; nil ends that.
  ///
  /// A leaf has one hook; another one takes its place. An error ends the backward.
  public func onGradient(_ body: (() throws -> Void)?) throws(TorchError) {
    let table = try Door.table()
    guard let body else {
      return try Door.check(withHandle { table.pointee.on_gradient($0, nil, nil, nil) }, "hook")
    }
    let closure = Unmanaged.passRetained(GradientHook(body))
    let status = withHandle { table.pointee.on_gradient($0, closure.toOpaque(), GradientHook.call, GradientHook.release) }
    try Door.check(status, "hook")
  }
}

private final class GradientHook {
  let body: () throws -> Void

  init(_ body: @escaping () throws -> Void) { self.body = body }

  static let call: bp_gradient_hook = { closure in
    guard let closure, let table = try? Door.table() else { return 1 }
    do {
      try withoutGradients { try Unmanaged<GradientHook>.fromOpaque(closure).takeUnretainedValue().body() }
      return 0
    } catch {
      table.pointee.set_error("\(error)")
      return 1
    }
  }

  static let release: bp_release_closure = { closure in
    if let closure { Unmanaged<GradientHook>.fromOpaque(closure).release() }
  }
}
