import CTorch

/// Processes that compute together; c10d's process groups.
///
/// All processes call the same methods with tensors of the same shapes in the same order.
public final class ProcessGroup {
  /// What carries the numbers.
  public enum Backend: String, Sendable {
    /// Over the network, for tensors in the memory of the processor; with a libtorch for CUDA for those of a GPU, too.
    case gloo
    /// NVIDIA's, for tensors of a GPU; there only where the door was built with it.
    case nccl

    /// Whether the library behind all tensors was built with it.
    public var isAvailable: Bool { get throws(TorchError) { try Door.table().pointee.has_backend(rawValue) } }
  }

  private let handle: bp_group
  private let store: ProcessStore

  /// Connects this process with the others.
  ///
  /// - Parameters:
  ///   - rank: The number of this process, from 0.
  ///   - size: The number of processes.
  ///   - address: The address of this machine that gloo listens on; empty for that of the machine's name, or of the interface that the
  ///     variable `GLOO_SOCKET_IFNAME` names.
  ///   - timeout: How long to wait for others, here and in every later call.
  /// - Throws: ``TorchError`` when the others do not come or the backend is not there.
  public init(
    _ backend: Backend, store: ProcessStore, rank: Int, size: Int, address: String = "", timeout: Duration
  ) throws(TorchError) {
    var result = bp_group(ctx: nil)
    try Door.check(
      try Door.table().pointee.open_group(
        store.handle, backend.rawValue, address, Int32(clamping: rank), Int32(clamping: size), timeout.wholeMilliseconds, &result),
      "process group")
    handle = result
    self.store = store
  }

  deinit {
    if let table = try? Door.table() { table.pointee.release_group(handle) }
  }

  /// Begins to replace the contiguous `tensor` by its sum over all processes.
  public func sum(_ tensor: Tensor) throws(TorchError) -> PendingExchange {
    var work = bp_work(ctx: nil)
    let table = try Door.table()
    try Door.check(tensor.withHandle { table.pointee.all_reduce(handle, $0, &work) }, "all-reduce")
    return PendingExchange(handle: work, tensor: tensor)
  }

  /// Begins to replace the contiguous `tensor` by that of the process `rank`.
  public func broadcast(_ tensor: Tensor, from rank: Int) throws(TorchError) -> PendingExchange {
    var work = bp_work(ctx: nil)
    let table = try Door.table()
    try Door.check(tensor.withHandle { table.pointee.broadcast(handle, $0, Int32(clamping: rank), &work) }, "broadcast")
    return PendingExchange(handle: work, tensor: tensor)
  }
}

/// An exchange between processes that has begun.
public final class PendingExchange {
  private var handle: bp_work?
  private let tensor: Tensor

  init(handle: bp_work, tensor: Tensor) {
    self.handle = handle
    self.tensor = tensor
  }

  deinit { try? wait() }

  /// Waits until the tensor has its new numbers.
  ///
  /// - Throws: ``TorchError`` when another process is gone or takes too long.
  public func wait() throws(TorchError) {
    guard let handle else { return }
    self.handle = nil
    defer { withExtendedLifetime(tensor) {} }
    try Door.check(try Door.table().pointee.wait_for(handle), "exchange between processes")
  }
}
