import Configuration
import Registry
import Studies
import Weights

/// What a unit depends on, as one number: the settings that differ from the defaults, and the hashes of what it needs.
///
/// Defaults are left out, so that a later version of the program with a new setting finds what an earlier one did.
struct StudyHash {
  /// Paths count relative to this folder, so that a study can move with all its files.
  let folder: String
  private let standard: ConfigurationDefaults
  private let experiment: Node
  private let codec: Node

  /// Creates the hashing for studies whose file lies in `folder`.
  init(folder: String, catalogue: Catalogue) {
    self.folder = PathText.absolute(folder)
    standard = ConfigurationDefaults(catalogue: catalogue)
    experiment = (try? ExperimentFile(ConfigurationRequest(), catalogue: catalogue).tree) ?? Node(.map([]))
    codec = (try? SettingsEncoder.node(of: CodecStudy())) ?? Node(.map([]))
  }

  /// What changes nothing in the result: names, places, what is shown and how fast pictures are read.
  private static let irrelevant = [
    "name", "description", "predict", "output", "jobs", "test.output", "test.save_images", "trainer.default_root_dir",
    "trainer.enable_progress_bar", "trainer.enable_model_summary", "trainer.logger", "trainer.memory_limit", "trainer.num_sanity_val_steps",
    "data.init_args.num_workers",
  ]

  /// Returns the SHA-256 of the settings of a unit and of the hashes of what it needs.
  func of(_ tree: Node, kind: StudyUnit.Kind, needs: [String]) -> String {
    var tree = tree
    for path in Self.irrelevant { tree.remove(path.split(separator: ".").map(String.init)[...]) }
    // A training is not another one because its pictures are measured otherwise, and a test looks at nothing that only a training does.
    if kind == .fit { tree["test"] = nil }
    if kind == .test {
      for key in ["optimizer", "aux_optimizer", "lr_scheduler"] { tree[key] = nil }
      let trainer = tree["trainer"]
      tree["trainer"] = .map(
        ["threads", "precision", "matmul_precision", "accelerator", "limit_test_batches"].compactMap { key in
          trainer?[key].map { (key, $0) }
        })
    }
    // Times depend on the networks alone.
    if kind == .time { tree = .map([("model", tree["model"] ?? .null)]) }
    tree = standard.without(tree, defaults: kind == .anchor ? codec : experiment, isTop: true) ?? Node(.map([]))
    let text = Self.relative(tree, to: folder).yaml()
    let whole = ([kind.rawValue, text] + needs).joined(separator: "\u{0}")
    return Hash.hexadecimal(Hash.sha256(Array(whole.utf8)))
  }

  private static func relative(_ node: Node, to folder: String) -> Node {
    var node = node
    switch node.value {
    case .map(let fields):
      node.value = .map(
        fields.sorted { $0.key < $1.key }.map { Node.Field(key: $0.key, mark: $0.mark, value: relative($0.value, to: folder)) })
    case .list(let elements): node.value = .list(elements.map { relative($0, to: folder) })
    case .string(let text) where text.hasPrefix("/"):
      node.value = .string(path(text, from: folder))
      node.text = nil
    default: node.text = nil
    }
    return node
  }

  /// `/a/b/c` from `/a/d` is `../b/c`.
  static func path(_ path: String, from folder: String) -> String {
    let (parts, base) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(parts, base).prefix { $0 == $1 }.count
    return (Array(repeating: "..", count: base.count - shared) + parts.dropFirst(shared).map(String.init)).joined(separator: "/")
  }
}

extension Node {
  /// Removes the value at a path of keys, where there is one.
  fileprivate mutating func remove(_ keys: ArraySlice<String>) {
    guard let key = keys.first else { return }
    guard keys.count > 1 else {
      self[key] = nil
      return
    }
    guard var inner = self[key], inner.fields != nil else { return }
    inner.remove(keys.dropFirst())
    self[key] = inner
  }
}
