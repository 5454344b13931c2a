import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What can be said about the machine the program runs on.
public enum Machine {
  /// The operating system with its version, for example `Debian GNU/Linux 12 (bookworm)` or `Darwin 25.0.0`.
  public static var operatingSystem: String {
    value(of: "PRETTY_NAME", separator: "=", in: "/etc/os-release").map { $0.filter { $0 != "\"" } } ?? kernel
  }

  /// The processor's name, for example `AMD EPYC 9554 64-Core Processor`; `unknown` where the system does not tell.
  public static var cpuModel: String {
    #if canImport(Darwin)
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      var name = [UInt8](repeating: 0, count: size)
      guard size > 0, sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0) == 0 else { return "unknown" }
      return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    #else
      return value(of: "model name", separator: ":", in: "/proc/cpuinfo") ?? "unknown"
    #endif
  }

  /// The name of the machine in its network; `unknown` where the system does not tell.
  public static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The moment `time`, or now, as ISO 8601 in UTC to the second.
  ///
  /// - Parameter time: Seconds since 1970.
  public static func date(_ time: Int? = nil) -> String {
    var seconds = time.map { time_t($0) } ?? Self.now
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  private static var now: time_t {
    #if canImport(Glibc)
      Glibc.time(nil)
    #else
      Darwin.time(nil)
    #endif
  }

  private static var kernel: String {
    var names = utsname()
    guard uname(&names) == 0 else { return "unknown" }
    func text(_ bytes: some Any) -> String {
      withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(names.sysname)) \(text(names.release))"
  }

  /// The text after the first line of the file that begins with `key` and the separator.
  private static func value(of key: String, separator: Character, in path: String) -> String? {
    guard let bytes = try? FileBytes.read(path) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix(key) {
      let parts = line.split(separator: separator, maxSplits: 1)
      if parts.count == 2 { return String(parts[1].drop { $0 == " " || $0 == "\t" }) }
    }
    return nil
  }
}
