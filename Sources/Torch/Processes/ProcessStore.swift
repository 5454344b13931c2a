import CTorch

/// Counters that all processes of a group see, held by one of them or by whoever started them; c10d's TCPStore.
public final class ProcessStore {
  let handle: bp_store

  /// Connects to the store, or starts it in this process.
  ///
  /// - Parameters:
  ///   - host: The name or address of the machine that holds the store.
  ///   - port: Its port.
  ///   - serves: Whether this process holds the store.
  ///   - prefix: What stands before every name, where others use the same store; empty for nothing.
  ///   - timeout: How long to wait for it.
  /// - Throws: ``TorchError`` when the port is taken or nobody answers.
  public init(host: String, port: Int, serves: Bool, prefix: String = "", timeout: Duration) throws(TorchError) {
    var result = bp_store(ctx: nil)
    try Door.check(
      try Door.table().pointee.open_store(host, Int32(clamping: port), serves, prefix, timeout.wholeMilliseconds, &result), "store")
    handle = result
  }

  deinit {
    if let table = try? Door.table() { table.pointee.release_store(handle) }
  }

  /// Adds to a counter, which begins at 0, and returns it.
  @discardableResult
  public func add(_ amount: Int, to name: String) throws(TorchError) -> Int {
    var result: Int64 = 0
    try Door.check(try Door.table().pointee.store_add(handle, name, Int64(amount), &result), "store")
    return Int(result)
  }
}

extension Duration {
  var wholeMilliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
