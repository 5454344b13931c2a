import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reading the beginning of a file.
enum FilePrefix {
  /// Returns the first `count` bytes of the file at `path`, or all when it is shorter.
  static func read(_ path: String, count: Int) throws(FileError) -> [UInt8] {
    guard let stream = fopen(path, "rbe") else { throw FileError(operation: "read", path: path, code: errno) }
    defer { fclose(stream) }
    // The stream's own buffer would only be a second copy.
    setvbuf(stream, nil, _IONBF, 0)
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, stream)
      if ferror(stream) != 0 { code = errno }
    }
    guard code == 0 else { throw FileError(operation: "read", path: path, code: code) }
    return bytes
  }
}
