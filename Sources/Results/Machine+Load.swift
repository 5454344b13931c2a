import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Machine {
  /// The number of processors that are online.
  public static var processorCount: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }

  /// The load averages of 1, 5 and 15 minutes; empty where the system does not tell.
  public static var loadAverages: [Double] {
    var averages = [0.0, 0.0, 0.0]
    let count = getloadavg(&averages, 3)
    return count > 0 ? Array(averages.prefix(Int(count))) : []
  }

  /// The frequency governors of the processors, each once, sorted; empty where the system does not tell.
  public static var frequencyGovernors: [String] {
    let names = (0..<processorCount).compactMap { number -> String? in
      guard let bytes = try? FileBytes.read("/sys/devices/system/cpu/cpu\(number)/cpufreq/scaling_governor") else { return nil }
      return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
    }
    return Set(names).sorted()
  }

  /// Watches for `seconds` and returns the share of all processors that was busy, 0…1; nil where the system does not tell.
  public static func busyShare(for seconds: Double) -> Double? {
    guard let before = processorTicks else { return nil }
    usleep(useconds_t(seconds * 1e6))
    guard let after = processorTicks, after.all > before.all else { return nil }
    return Double(after.busy - before.busy) / Double(after.all - before.all)
  }

  /// The clock ticks of all processors since the start: those at work and all.
  private static var processorTicks: (busy: Int, all: Int)? {
    guard let bytes = try? FileBytes.read("/proc/stat") else { return nil }
    guard let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first(where: { $0.hasPrefix("cpu ") }) else {
      return nil
    }
    // user, nice, system, idle, iowait, irq, softirq, steal; what follows is contained in the first two.
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Int($0) }
    guard ticks.count >= 5 else { return nil }
    let all = ticks.reduce(0, +)
    return (all - ticks[3] - ticks[4], all)
  }

  /// The memory of another process that is in use, in bytes; nil where the system does not tell or the process has ended.
  public static func residentBytes(of process: Int32) -> Int? {
    guard let bytes = try? FileBytes.read("/proc/\(process)/statm") else { return nil }
    let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? Int(fields[1]).map { $0 * sysconf(Int32(_SC_PAGESIZE)) } : nil
  }

  /// Limits the memory that this process may allocate, so that larger requests are errors; false where the system refuses or has no such limit.
  ///
  /// It is the limit of private writable memory (`RLIMIT_DATA`), which counts neither libraries nor what is reserved but not used, as a limit of
  /// addresses would.
  public static func limitMemory(toBytes bytes: Int) -> Bool {
    var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
    #if canImport(Glibc)
      return setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0
    #else
      return setrlimit(RLIMIT_DATA, &limit) == 0
    #endif
  }
}
