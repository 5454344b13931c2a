import CTorch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loaded library behind all tensors.
///
/// Linking libtorch costs a quarter of a second at every start, so the library is opened at the first use of ``table()``.
enum Door {
  /// The library that was opened.
  private struct Opened {
    /// The address of the table of functions, kept as an integer because a pointer is not `Sendable`; the table is constant.
    let address: UInt
    let path: String
  }

  private static let opened: Result<Opened, TorchError> = open()

  /// Returns the table of functions, opening the library first if need be.
  static func table() throws(TorchError) -> UnsafePointer<bp_door> {
    guard let pointer = UnsafePointer<bp_door>(bitPattern: try opened.get().address) else {
      throw .unavailable(reason: "the door's table is missing")
    }
    return pointer
  }

  /// Returns the library's file, or its name where the loader found it; opens the library first if need be.
  static func path() throws(TorchError) -> String { try opened.get().path }

  /// Throws libtorch's words when `status` is not zero.
  static func check(_ status: Int32, _ operation: @autoclosure () -> String) throws(TorchError) {
    if status == 0 { return }
    let text = try table().pointee.last_error().map { String(cString: $0) } ?? "no message"
    throw .failed(operation: operation(), message: text)
  }

  private static func open() -> Result<Opened, TorchError> {
    bp_keep_freed_memory()
    #if os(macOS)
      let name = "libCTorchDoor.dylib"
    #else
      let name = "libCTorchDoor.so"
    #endif
    var reason = ""
    for candidate in candidates(name) {
      guard let library = dlopen(candidate, RTLD_NOW | RTLD_LOCAL) else {
        let words = dlerror().map { String(cString: $0) } ?? "unknown reason"
        // The first library that is there but does not load says more than those that are not there.
        if reason.isEmpty || access(candidate, F_OK) == 0 { reason = words }
        continue
      }
      guard let symbol = dlsym(library, BP_DOOR_SYMBOL) else { return .failure(.unavailable(reason: "\(candidate) is not the door")) }
      let function = unsafeBitCast(symbol, to: (@convention(c) () -> UnsafePointer<bp_door>?).self)
      guard let table = function(), table.pointee.version == BP_DOOR_VERSION else {
        return .failure(.unavailable(reason: "\(candidate) belongs to another version of Benchpresso"))
      }
      return .success(Opened(address: UInt(bitPattern: table), path: candidate))
    }
    return .failure(.unavailable(reason: reason))
  }

  /// Beside the program, then in `../lib`, then wherever the loader looks.
  private static func candidates(_ name: String) -> [String] {
    let program = programPath()
    guard let slash = program.lastIndex(of: "/") else { return [name] }
    let folder = String(program[..<slash])
    return ["\(folder)/\(name)", "\(folder)/../lib/\(name)", name]
  }

  private static func programPath() -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    #if os(macOS)
      var size = UInt32(buffer.count)
      guard _NSGetExecutablePath(&buffer, &size) == 0 else { return "" }
    #else
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      guard count > 0 else { return "" }
    #endif
    return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }
}
