import Configuration
import SafeFiles

/// Which file each input of `encode` or `decode` is written to.
struct OutputNames {
  /// The inputs in their order, each with its output.
  let pairs: [(input: String, output: String)]

  /// Takes the words apart: one input and its output, or inputs with `-o`, which names a folder or, for one input, a file.
  ///
  /// - Parameters:
  ///   - words: the arguments of the command.
  ///   - output: the value of `-o`.
  ///   - suffix: what the names of outputs end in, without the dot.
  ///   - inputSuffixes: what the names of inputs usually end in; a second input is not taken for the file to write.
  /// - Throws: ``UsageError`` when inputs or the output are missing, or two inputs would be written to one file; `FileError` when the
  ///   folder cannot be made.
  init(_ words: [String], output: String?, suffix: String, inputSuffixes: [String]) throws {
    guard let output else {
      guard words.count == 2 else { throw UsageError.needs("name one file and the file to write, or any number of files and -o FOLDER") }
      guard !inputSuffixes.contains(where: { words[1].lowercased().hasSuffix(".\($0)") }) else {
        throw UsageError.needs("'\(words[1])' would be overwritten; name the file or the folder to write with -o")
      }
      pairs = [(words[0], words[1])]
      return
    }
    guard let first = words.first else { throw UsageError.needs("name the files to read before -o") }
    if words.count == 1, !output.hasSuffix("/"), !Folder.exists(output) {
      pairs = [(first, output)]
      return
    }
    let folder = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
    var pairs: [(input: String, output: String)] = []
    for word in words {
      let path = "\(folder)/\(Self.stem(of: word)).\(suffix)"
      if let other = pairs.first(where: { $0.output == path }) {
        throw UsageError.needs("'\(other.input)' and '\(word)' would both be written to '\(path)'; give them names that differ")
      }
      pairs.append((word, path))
    }
    try Folder.create(folder)
    self.pairs = pairs
  }

  /// The name of a file without its folder and its suffix.
  static func stem(of path: String) -> String {
    let name = PathText.name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
