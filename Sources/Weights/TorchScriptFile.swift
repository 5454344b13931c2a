public import SafeFiles

/// A file that `torch.jit.save` wrote, told from other files without libtorch.
public struct TorchScriptFile: Sendable {
  /// The file, as it was given.
  public let path: String
  /// Its contents.
  public let bytes: [UInt8]
  /// The SHA-256 of its contents, 32 bytes.
  public let sha256: [UInt8]

  /// Reads a file.
  ///
  /// Weights are checked against the checksums of the archive, which libtorch passes over; code is compressed and left to libtorch.
  ///
  /// - Throws: ``TorchScriptFileError`` when it is missing, cut, damaged, or another file than a TorchScript program.
  public init(_ path: String) throws(TorchScriptFileError) {
    self.path = path
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw TorchScriptFileError(path: path, problem: .file(error))
    }
    if let problem = Self.problem(bytes) { throw TorchScriptFileError(path: path, problem: problem) }
    sha256 = Hash.sha256(bytes)
  }

  /// What keeps `bytes` from being a program.
  private static func problem(_ bytes: [UInt8]) -> TorchScriptFileError.Problem? {
    switch FileKind(bytes) {
    case .zipCheckpoint:
      do {
        let archive = try ZipArchive(bytes)
        let names = archive.names
        func holds(_ name: String) -> Bool { names.contains { $0.split(separator: "/", maxSplits: 1).last.map(String.init) == name } }
        if holds("constants.pkl") {
          try archive.checkStoredEntries()
          return nil
        }
        if holds("archive_format") || holds("serialized_exported_program.json") { return .other("a program of torch.export") }
        return .other(holds("data.pkl") ? "a checkpoint: weights without the network" : "a zip archive of something else")
      } catch {
        return .damaged(error)
      }
    case .legacyCheckpoint: return .other("a checkpoint: weights without the network")
    case .safeTensors: return .other("a safetensors file: weights without the network")
    case .other(let looksLike): return .other(looksLike)
    }
  }
}

/// Why a file is no TorchScript program.
public struct TorchScriptFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reasons.
  public enum Problem: Sendable, Equatable {
    /// The system refused the file operation.
    case file(FileError)
    /// The archive is damaged.
    case damaged(WeightsProblem)
    /// It is another file; the text says which, where that can be told.
    case other(String?)
  }

  /// The file.
  public let path: String
  /// What is wrong with it.
  public let problem: Problem

  /// One sentence with the file, the cause and the remedy.
  public var description: String {
    switch problem {
    case .file(let error): error.description
    case .damaged(let problem): "cannot read the TorchScript file '\(path)': \(problem)"
    case .other(let what):
      "'\(path)' is no TorchScript file\(what.map { " but \($0)" } ?? ""); write one with torch.jit.trace or torch.jit.script and torch.jit.save, "
        + "as scripts/export-torchscript.py does"
    }
  }
}
