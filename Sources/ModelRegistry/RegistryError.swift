public import SafeFiles

/// Why the registry cannot do what was asked.
public enum RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is none that the registry takes.
  case unknownFile(path: String, found: String)
  /// A card breaks the rules of cards; one sentence with its place for each problem.
  case card(path: String, problems: [String])
  /// Nothing in the registry has the name or hash.
  case notFound(String)
  /// Several records begin with the hash or have the name.
  case ambiguous(String, candidates: [String])
  /// The database was made by a later version of the program.
  case newer(path: String)
  /// SQLite refused.
  case database(path: String, reason: String)
  /// A condition on numbers cannot be read.
  case condition(String)
  /// What was fetched or lies in a shared registry is not what its index says.
  case damaged(path: String, reason: String)
  /// A shared registry is none.
  case noRegistry(String, reason: String)
  /// A file cannot be read or written.
  case file(FileError)

  /// One sentence with the place and what to do.
  public var description: String {
    switch self {
    case .unknownFile(let path, let found):
      "'\(path)' is \(found); the registry takes results.json, timing.json, weights (.safetensors, .ckpt, .pth), cards (.md), config.yaml, and folders of them"
    case .card(_, let problems): problems.joined(separator: "\n")
    case .notFound(let text):
      "nothing in the registry is called '\(text)' or has a hash that begins so; 'benchpresso registry list' shows what is there"
    case .ambiguous(let text, let candidates):
      "'\(text)' is \(candidates.count) records: \(candidates.prefix(5).joined(separator: ", "))\(candidates.count > 5 ? ", …" : ""); write more of the hash"
    case .newer(let path): "'\(path)' was written by a newer version of Benchpresso; use that version"
    case .database(let path, let reason): "the registry's database '\(path)': \(reason)"
    case .condition(let text): "'\(text)' is no condition; write for example 'psnr>=32' or 'bpp<0.5' with <, <=, > or >="
    case .damaged(let path, let reason): "'\(path)' is damaged: \(reason)"
    case .noRegistry(let place, let reason): "'\(place)' is no shared registry: \(reason)"
    case .file(let error): error.description
    }
  }
}
