public import SafeFiles

/// A pack of pictures that cannot be read or written.
public enum PackError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file cannot be opened, read or written.
  case file(FileError)
  /// The file does not begin as a pack does.
  case notAPack(path: String)
  /// The pack was written in a form that this version does not know.
  case version(path: String, version: Int)
  /// The file is shorter, or longer, than its header says.
  case length(path: String, expected: Int, found: Int)
  /// What is stored contradicts itself; `part` says where.
  case damaged(path: String, part: String)

  /// One sentence with the place, the cause and the remedy.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .notAPack(let path): "'\(path)' is no pack of pictures; make one with 'benchpresso data pack FOLDER -o FILE'"
    case .version(let path, let version):
      "the pack '\(path)' has version \(version), and this program reads version \(PackLayout.version); make it anew with 'benchpresso data pack'"
    case .length(let path, let expected, let found):
      "the pack '\(path)' has \(found) bytes instead of \(expected): it is cut or was written over; copy it again or make it anew"
    case .damaged(let path, let part): "the pack '\(path)' is damaged (\(part)); copy it again or make it anew"
    }
  }
}
