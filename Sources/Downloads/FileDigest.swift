import Crypto
public import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The size and the SHA-256 of a file.
public struct FileDigest: Sendable, Equatable {
  /// The number of bytes.
  public let size: Int
  /// The SHA-256 in lower-case hexadecimal digits.
  public let sha256: String

  /// Reads the file at `path` piece by piece.
  ///
  /// - Parameter shouldStop: asked after each MiB; true ends the reading, and nil is returned.
  /// - Throws: `FileError` when it cannot be read.
  public init?(of path: String, shouldStop: () -> Bool = { false }) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(operation: "read", path: path, code: errno) }
    defer { close(descriptor) }
    var hash = SHA256()
    var size = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      if shouldStop() { return nil }
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(operation: "read", path: path, code: errno)
      }
      if count == 0 { break }
      buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      size += count
    }
    self.size = size
    sha256 = Self.hexadecimal(hash.finalize())
  }

  /// Returns the SHA-256 of `bytes` in lower-case hexadecimal digits.
  public static func sha256(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    return hexadecimal(hash.finalize())
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = [UInt8]("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
