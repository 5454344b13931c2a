import Configuration

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file of this program.
enum ProgramPath {
  /// The absolute path; the word it was started with where the system does not tell.
  static var current: String {
    #if canImport(Glibc)
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      if count > 0 { return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    #endif
    let word = CommandLine.arguments.first ?? "benchpresso"
    return word.contains("/") ? PathText.absolute(word) : word
  }
}
