import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes the comments of all settings into the sources that carry them to the user, or checks that this was done.
@main
struct SettingsDocumenter {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let isCheck = arguments.first == "--check"
    if isCheck { arguments.removeFirst() }
    guard arguments.count <= 1, arguments.first?.hasPrefix("-") != true else {
      fail("usage: SettingsDocumenter [--check] [folder of sources, otherwise 'Sources']", code: 2)
    }
    do {
      let stale = try SourceFolder(path: arguments.first ?? "Sources").staleFiles()
      if isCheck { report(stale) } else { try write(stale) }
    } catch {
      fail("error: \(error)", code: 1)
    }
  }

  private static func report(_ stale: [SourceFolder.StaleFile]) {
    for file in stale { print("error: \(file.path) is not what the comments of the settings say; run 'make documentation' and commit it") }
    if !stale.isEmpty { exit(1) }
  }

  private static func write(_ stale: [SourceFolder.StaleFile]) throws(FileError) {
    for file in stale {
      if let contents = file.contents {
        try AtomicFile.write(contents, to: file.path)
      } else if unlink(file.path) != 0 {
        throw FileError(operation: "remove", path: file.path, code: errno)
      }
      print("\(file.contents == nil ? "removed" : "written"): \(file.path)")
    }
  }

  private static func fail(_ sentence: String, code: Int32) -> Never {
    print(sentence)
    exit(code)
  }
}
