/// The control groups of Linux that a process is in, each of which can limit its memory.
enum ControlGroup {
  /// Returns the files with the limit and the use of each group, the innermost first.
  ///
  /// - Parameter membership: what `/proc/self/cgroup` says: `0::/path` for version 2, `9:memory:/path` for version 1.
  static func memoryFiles(_ membership: String) -> [(limit: String, used: String)] {
    var files: [(limit: String, used: String)] = []
    for line in membership.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[0] == "0", parts[1].isEmpty {
        files += groups(parts[2]).map { ("/sys/fs/cgroup\($0)/memory.max", "/sys/fs/cgroup\($0)/memory.current") }
      } else if parts[1].split(separator: ",").contains("memory") {
        let root = "/sys/fs/cgroup/memory"
        files += groups(parts[2]).map { ("\(root)\($0)/memory.limit_in_bytes", "\(root)\($0)/memory.usage_in_bytes") }
      }
    }
    // In a container the path is that of the host, and the group itself lies at the root.
    return files.isEmpty ? [("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current")] : files
  }

  /// `/a/b` is in `/a/b`, `/a` and the root, which has no name.
  private static func groups(_ path: Substring) -> [String] {
    let parts = path.split(separator: "/")
    return (0...parts.count).reversed().map { count in parts.prefix(count).map { "/\($0)" }.joined() }
  }
}
