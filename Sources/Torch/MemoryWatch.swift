import CTorch

/// What the tensors of this thread take in memory while it runs, as libtorch's allocators report it: all of them, those that operators need only
/// for a moment and those that a backward keeps included.
///
/// What libraries below libtorch take for themselves is not seen, nor are arrays of Swift.
public final class MemoryWatch {
  private let handle: bp_watch
  private let table: UnsafePointer<bp_door>

  /// The watch that is on.
  @TaskLocal static var current: Reference?

  /// A watch for the one thread that it is on.
  struct Reference: @unchecked Sendable {
    // A task-local value crosses no thread here: tensor code has no tasks.
    let watch: MemoryWatch
  }

  /// Runs `body`, which may ask how much is live and how much was live at most.
  ///
  /// Within another watch the outer one sees nothing of `body`.
  public static func watching<Result>(_ body: (MemoryWatch) throws -> Result) throws -> Result {
    let watch = try MemoryWatch()
    return try $current.withValue(Reference(watch: watch)) { try body(watch) }
  }

  private init() throws(TorchError) {
    table = try Door.table()
    var handle = bp_watch(ctx: nil)
    try Door.check(table.pointee.begin_watch(&handle), "watching memory")
    self.handle = handle
  }

  deinit { table.pointee.end_watch(handle) }

  /// The bytes of the tensors that were made since the watch began and that still are; less than nothing where earlier ones were given back.
  public var live: Int { read().live }

  /// The most bytes that were live at once since the watch began, or since ``resetPeak()``.
  public var peak: Int { read().peak }

  /// Forgets what was live before now.
  public func resetPeak() { table.pointee.reset_watch(handle) }

  private func read() -> (live: Int, peak: Int) {
    var (live, peak) = (Int64(0), Int64(0))
    table.pointee.read_watch(handle, &live, &peak)
    return (Int(live), Int(peak))
  }
}

extension Device {
  /// The free and the whole memory of a GPU in bytes, whose back end must be loaded.
  public func memory() throws(TorchError) -> (free: Int, total: Int) {
    var (free, total) = (Int64(0), Int64(0))
    try Door.check(try Door.table().pointee.device_memory(name, &free, &total), "memory of \(name)")
    return (Int(free), Int(total))
  }
}
