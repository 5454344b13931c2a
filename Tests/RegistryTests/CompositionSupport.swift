import Configuration
import Foundation
import Registry
import SafeFiles
import Testing

/// A folder with files that is removed when it is no longer used.
final class FileWorld {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-\(UUID().uuidString)").path

  init(_ files: [String: String] = [:]) throws {
    try Folder.create(path)
    for (name, text) in files {
      try Folder.create(PathText.folder(of: "\(path)/\(name)"))
      try AtomicFile.write(text, to: "\(path)/\(name)")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Puts pieces together: `--path=value`, the name of a file, or a text after `text:`; `@` stands for the folder.
  func compose(_ pieces: [String], environment: [String: String] = [:], stage: String = "fit", base: Node = [:]) throws -> Composition {
    let items = pieces.map { piece -> ConfigurationRequest.Item in
      let piece = piece.replacing("@", with: path)
      if piece.hasPrefix("text:") { return .text(String(piece.dropFirst(5))) }
      guard piece.hasPrefix("--") else { return .file("\(path)/\(piece)") }
      let parts = piece.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return .option(Override(path: parts[0], value: parts.count > 1 ? parts[1] : nil))
    }
    let request = ConfigurationRequest(
      items: items, environment: environment.mapValues { $0.replacing("@", with: path) }, stage: stage, base: base)
    return Composition(request, root: WorldSettings.self, catalogue: try Fixture.catalogue())
  }

  /// The descriptions of all problems, with `@` for the folder.
  func problems(_ pieces: [String], environment: [String: String] = [:]) throws -> [String] {
    var composition = try compose(pieces, environment: environment)
    do {
      _ = try composition.decode(WorldSettings.self)
      return []
    } catch {
      return shown(error.problems.map(\.description))
    }
  }

  func shown(_ lines: [String]) -> [String] { lines.map { $0.replacing(path, with: "@") } }
}

/// A whole configuration for the tests.
struct WorldSettings: Settings {
  struct Trainer: Settings {
    var maxSteps = 100
    var maxEpochs: Int?
    var callbacks: [Component<CallbackKind>] = []
  }

  var name = "x"
  var model = Component<ModelKind>("models.FactorizedPrior")
  var trainer = Trainer()
  var test = Trainer()
}
