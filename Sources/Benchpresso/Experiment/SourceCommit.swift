import Configuration
import SafeFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The commit of a git checkout, read from its files.
struct SourceCommit: Equatable {
  /// The top folder of the checkout.
  let folder: String
  /// The commit.
  let hash: String

  /// The commit of the checkout that the running program lies in; nil when it lies in none.
  static var ofProgram: SourceCommit? {
    #if os(Linux)
      guard let pointer = realpath("/proc/self/exe", nil) else { return nil }
      defer { free(pointer) }
      return SourceCommit(below: PathText.folder(of: String(cString: pointer)))
    #else
      return CommandLine.arguments.first.flatMap { SourceCommit(below: PathText.folder(of: PathText.absolute($0))) }
    #endif
  }

  /// Looks for a checkout that holds `path`, from there upwards.
  init?(below path: String) {
    var folder = PathText.absolute(path)
    while !PathText.exists("\(folder == "/" ? "" : folder)/.git") {
      guard folder != "/" else { return nil }
      folder = PathText.folder(of: folder)
    }
    guard let hash = Self.head(of: folder) else { return nil }
    self.folder = folder
    self.hash = hash
  }

  private static func head(of folder: String) -> String? {
    var git = "\(folder)/.git"
    // A linked work tree has a file that names its folder, which names the common one.
    if let text = text(git), text.hasPrefix("gitdir: ") { git = PathText.absolute(String(text.dropFirst(8)), from: folder) }
    let common = text("\(git)/commondir").map { PathText.absolute($0, from: git) } ?? git
    guard let head = text("\(git)/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return hash(head) }
    let name = String(head.dropFirst(5))
    if let loose = text("\(git)/\(name)") ?? text("\(common)/\(name)") { return hash(loose) }
    let packed = text("\(common)/packed-refs")?.split(separator: "\n").first { $0.hasSuffix(" \(name)") }
    return packed.flatMap { hash(String($0.prefix { $0 != " " })) }
  }

  private static func hash(_ text: String) -> String? {
    text.count >= 40 && text.allSatisfy(\.isHexDigit) ? text : nil
  }

  /// The text of a file without white space around it.
  private static func text(_ path: String) -> String? {
    guard let bytes = try? FileBytes.read(path), let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
