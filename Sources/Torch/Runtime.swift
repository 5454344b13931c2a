import CTorch

/// Global settings and facts of libtorch.
public enum Runtime {
  /// libtorch's version, for example `2.13.0`.
  public static func version() throws(TorchError) -> String { text(try Door.table().pointee.torch_version()) }

  /// The instruction set that libtorch uses on this processor, for example `AVX2`.
  public static func cpuCapability() throws(TorchError) -> String { text(try Door.table().pointee.cpu_capability()) }

  /// The file of the library that opens libtorch, for example `.build/release/libCTorchDoor.so`.
  public static func libraryPath() throws(TorchError) -> String { try Door.path() }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }

  /// Seeds libtorch's own generators.
  ///
  /// Benchpresso draws its numbers with ``GeneratorSeed``; this covers operators that draw by themselves.
  public static func seed(_ seed: UInt64) throws(TorchError) { try Door.check(try Door.table().pointee.seed(seed), "seed") }

  /// Sets how many threads one operator uses.
  public static func setThreads(_ count: Int) throws(TorchError) {
    try Door.check(try Door.table().pointee.set_threads(Int32(clamping: count)), "set_num_threads")
  }

  /// How many threads one operator uses.
  public static func threads() throws(TorchError) -> Int { Int(try Door.table().pointee.threads()) }

  /// Runs `body` with operators that use one thread, as what two machines must compute alike has to.
  package static func withOneThread<Value>(_ body: () throws -> Value) throws -> Value {
    let threads = try threads()
    if threads != 1 { try setThreads(1) }
    defer { if threads != 1 { try? setThreads(threads) } }
    return try body()
  }

  /// Refuses operators whose result depends on chance (needed on GPUs; those used here are deterministic on the CPU).
  public static func setDeterministic(_ value: Bool) throws(TorchError) {
    try Door.check(try Door.table().pointee.set_deterministic(value), "deterministic algorithms")
  }

  /// Sets the precision of 32-bit matrix products: `highest`, `high` or `medium`.
  ///
  /// - Throws: ``TorchError`` for another word, which libtorch would only warn about.
  public static func setMatmulPrecision(_ precision: String) throws(TorchError) {
    guard ["highest", "high", "medium"].contains(precision) else {
      throw .failed(operation: "float32 matmul precision", message: "'\(precision)' is none of highest, high and medium")
    }
    try Door.check(try Door.table().pointee.set_matmul_precision(precision), "float32 matmul precision")
  }

  /// Loads the CUDA back end when libtorch has one and says whether a GPU can be used.
  public static func loadCUDA() throws(TorchError) -> Bool {
    var available = false
    try Door.check(try Door.table().pointee.load_cuda("libtorch_cuda.so", &available), "CUDA")
    return available
  }

  /// Waits until everything that was started on `device` is done.
  public static func synchronize(_ device: Device) throws(TorchError) {
    try Door.check(try Door.table().pointee.synchronize(device.name), "synchronize")
  }
}
