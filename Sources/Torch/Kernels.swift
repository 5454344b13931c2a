import CTorch
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Kernels of our own, which compute in one pass over memory what several operators of libtorch would.
public enum Kernels {
  /// Whether they are used where there is one; else operators of libtorch compute the same.
  ///
  /// The environment variable `BENCHPRESSO_KERNELS=0` turns them off.
  @TaskLocal public static var areOn = getenv("BENCHPRESSO_KERNELS").map { String(cString: $0) } != "0"

  /// Whether kernels are on and can work on `tensor`: 32 bits, on the CPU, without gaps in either order.
  public static func take(_ tensor: Tensor) -> Bool {
    areOn && tensor.elementType == .float32 && tensor.device == .cpu && (tensor.isContiguous || tensor.isChannelsLast)
  }

  /// Tells a ``LayerTrace`` of the multiply–accumulates of a kernel, those of the operators in whose place it stands.
  public static func count(multiplyAccumulates: @autoclosure () -> Int) {
    if let trace = LayerTrace.current { trace.add(multiplyAccumulates: multiplyAccumulates()) }
  }

  /// Calls `chunk` with `job` and each of 0, 1, … `count` − 1, spread over the threads that one operator uses, and returns when all are done.
  ///
  /// Chunks must not depend on each other, nor on the order in which they run. What the job points to must live until the return.
  public static func run<Job>(
    _ job: Job, chunks count: Int, _ chunk: @convention(c) (UnsafeRawPointer?, Int64) -> Void
  ) throws(TorchError) {
    let table = try Door.table()
    withUnsafePointer(to: job) { table.pointee.run_chunks(Int64(count), $0, chunk) }
  }
}

extension Tensor {
  /// The elements of a tensor on the CPU, in the order in which they lie; valid as long as the tensor lives.
  public func pointer<Element: TensorElement>(to type: Element.Type = Float.self) throws(TorchError) -> UnsafeMutablePointer<Element> {
    guard elementType == Element.elementType else {
      throw .elementType(expected: Element.elementType.rawValue, found: elementType?.rawValue ?? "another type")
    }
    return try memory().assumingMemoryBound(to: Element.self)
  }
}
