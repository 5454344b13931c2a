import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The memory of this machine, or of the container that the process is in.
enum MemorySize {
  /// All of it and what is available, in bytes; nil where the system does not tell.
  static var current: (total: Int, available: Int?)? {
    #if canImport(Darwin)
      var size: UInt64 = 0
      var length = MemoryLayout<UInt64>.size
      guard sysctlbyname("hw.memsize", &size, &length, nil, 0) == 0 else { return nil }
      return (Int(clamping: size), nil)
    #else
      guard let total = value("MemTotal:") else { return nil }
      let limits = ControlGroup.memoryFiles(text("/proc/self/cgroup") ?? "").compactMap { files in
        number(files.limit).map { (limit: $0, used: number(files.used)) }
      }
      guard let least = limits.min(by: { $0.limit < $1.limit }), least.limit < total else { return (total, value("MemAvailable:")) }
      return (least.limit, least.used.map { max(least.limit - $0, 0) })
    #endif
  }

  /// A line of the kernel's account, which is in KiB.
  private static func value(_ key: String) -> Int? {
    for line in (text("/proc/meminfo") ?? "").split(separator: "\n") where line.hasPrefix(key) {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }

  private static func number(_ path: String) -> Int? { text(path).flatMap { Int($0.prefix { $0.isNumber }) } }

  private static func text(_ path: String) -> String? {
    (try? FileBytes.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Sizes in bytes as words.
enum ByteCount {
  /// For example `15.6 GiB`, `512 MiB` or `3 KiB`.
  static func text(_ bytes: Int) -> String {
    guard bytes >= 1_048_576 || bytes < 1024 else { return "\(bytes / 1024) KiB" }
    let mebibytes = Double(bytes) / 1_048_576
    return mebibytes < 1024 ? "\(Int(mebibytes)) MiB" : "\(tenths(mebibytes / 1024)) GiB"
  }

  /// For example `23.9 GB`, in units of a billion bytes.
  static func gigabytes(_ bytes: Int) -> String { "\(tenths(Double(bytes) / 1e9)) GB" }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
