#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where programs lie.
public enum ProgramSearch {
  /// Returns the path of the first file named `program` in the folders of PATH that may be run; nil when there is none.
  ///
  /// A name with a slash is a path already and only looked at. An empty folder in PATH means the working directory.
  public static func path(of program: String) -> String? {
    if program.contains("/") { return isRunnable(program) ? program : nil }
    guard !program.isEmpty, let list = getenv("PATH") else { return nil }
    let folders = String(cString: list).split(separator: ":", omittingEmptySubsequences: false)
    return folders.map { "\($0.isEmpty ? "." : $0)/\(program)" }.first(where: isRunnable)
  }

  private static func isRunnable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == S_IFREG && access(path, X_OK) == 0
  }
}
