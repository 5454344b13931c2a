import Benchpresso
import Configuration
import Datasets
import Registry

/// Makes words of command lines, and environment variables, from the paths of real settings.
struct OptionMutator {
  private let paths: [String]

  init(catalogue: Catalogue) throws {
    var paths = ["vars.N", "vars.M", "vars", "trainer.callbacks[0]", "trainer.callbacks[ModelCheckpoint].save_top_k", "trainer.logger[0]"]
    for name in ["smoke", "thesis/factorized_prior", "quickstart/train"] {
      let file = try ExperimentFile(paths: ["\(FuzzSubject.root)/configs/\(name).yaml"], catalogue: catalogue)
      Self.collect(file.tree, "", &paths)
    }
    self.paths = Array(Set(paths)).sorted()
  }

  private static func collect(_ node: Node, _ path: String, _ paths: inout [String]) {
    if !path.isEmpty { paths += [path, path.replacing("init_args.", with: "")] }
    for field in node.fields ?? [] { collect(field.value, KeySpelling.path(path, field.key), &paths) }
    for (index, element) in (node.elements ?? []).enumerated() { collect(element, "\(path)[\(index)]", &paths) }
  }

  /// One to four options.
  func options(_ random: inout DeterministicRandom) -> [String] {
    (0..<(1 + random.integer(below: 4))).flatMap { _ -> [String] in
      let path = path(&random)
      let value = pick(NastyValues.scalars, &random)
      switch random.integer(below: 10) {
      case 0: return ["--\(path)"]
      case 1: return ["--no-\(path)"]
      case 2, 3: return ["--\(path)=\(value)"]
      case 4: return [pick(["--", "-c", "---", "--=", "--config", "--config={trainer: {max_steps: 3}}", "--config=null", "x"], &random)]
      default: return ["--\(path)", value]
      }
    }
  }

  /// One to three variables.
  func environment(_ random: inout DeterministicRandom) -> [String: String] {
    var result: [String: String] = [:]
    for _ in 0..<(1 + random.integer(below: 3)) {
      let name = path(&random).replacing(".", with: "__").uppercased()
      let stage = pick(["", "", "FIT__", "TRAIN__", "TEST__"], &random)
      result["BENCHPRESSO_\(stage)\(name)"] = pick(NastyValues.scalars, &random)
    }
    return result
  }

  /// The path of a setting, every third time with something wrong about it.
  private func path(_ random: inout DeterministicRandom) -> String {
    var path = pick(paths, &random)
    guard random.integer(below: 3) == 0 else { return path }
    let place = path.index(path.startIndex, offsetBy: random.integer(below: path.count))
    switch random.integer(below: 6) {
    case 0: path.remove(at: place)
    case 1: path.insert(pick(Array("abx_.[]+-:= é\n$#{}"), &random), at: place)
    case 2: path += "+"
    case 3:
      path += pick(
        [".", ".x", "[0]", "[9]", "[-1]", "[X]", "[]", "[a.b]", "[", "]", "[0].x", ".class_path", ".init_args", "++", ".0"], &random)
    case 4: path = String(path[..<place])
    default: path += "." + pick(paths, &random)
    }
    return path
  }

  private func pick<Element>(_ elements: [Element], _ random: inout DeterministicRandom) -> Element {
    elements[random.integer(below: elements.count)]
  }
}
