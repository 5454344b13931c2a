import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reckoning with file paths as texts.
public enum PathText {
  /// The working directory, without a slash at its end.
  public static var workingDirectory: String {
    guard let pointer = getcwd(nil, 0) else { return "/" }
    defer { free(pointer) }
    return String(cString: pointer)
  }

  /// Returns the absolute form of a path without `.` and `..`; `~/` at the start is the home folder, and what is relative starts in `folder`.
  public static func absolute(_ path: String, from folder: String = workingDirectory) -> String {
    var whole = path
    if path == "~" || path.hasPrefix("~/"), let home = getenv("HOME").map({ String(cString: $0) }), !home.isEmpty {
      whole = home + path.dropFirst()
    } else if !path.hasPrefix("/") {
      whole = "\(folder.hasPrefix("/") ? folder : absolute(folder))/\(path)"
    }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Returns the path relative to the working directory where it lies inside it, otherwise the absolute form.
  public static func short(_ path: String) -> String {
    let whole = absolute(path)
    let here = workingDirectory
    if whole == here { return "." }
    let prefix = here == "/" ? "/" : here + "/"
    return whole.hasPrefix(prefix) ? String(whole.dropFirst(prefix.count)) : whole
  }

  /// The folder of a path: what stands before its last slash; `.` where there is none.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  public static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Whether something lies at `path`.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether the text names a configuration file: `parts/model.yaml`.
  public static func isConfigurationFile(_ text: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { text.hasSuffix($0) && text.count > $0.count } && !text.contains("\n")
  }
}
