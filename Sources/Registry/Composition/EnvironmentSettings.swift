import Configuration

/// Settings in environment variables: `BENCHPRESSO_TRAINER__MAX_STEPS=100`.
///
/// The name is the dotted path in capitals with two underscores in place of a dot. A command's name before it limits the variable to that
/// command: `BENCHPRESSO_FIT__TRAINER__MAX_STEPS`. `BENCHPRESSO_CONFIG` (or `BENCHPRESSO_FIT__CONFIG`) names a file. Variables lie below
/// everything on the command line; those for one command lie above those for all, and single values above the file.
/// `BENCHPRESSO_ENV=0` turns all of them off.
public struct EnvironmentSettings: Sendable {
  /// What all names begin with.
  public static let prefix = "BENCHPRESSO_"
  /// The commands that a name can be limited to.
  public static let stages = ["fit", "train", "validate", "test", "predict", "run"]
  /// Variables that mean something else.
  public static let reserved = [
    "BENCHPRESSO_ENV", "BENCHPRESSO_WITHOUT_TORCH", "BENCHPRESSO_KODAK", "BENCHPRESSO_METRIC_WEIGHTS", "BENCHPRESSO_REGISTRY",
    "BENCHPRESSO_ZOO",
    "BENCHPRESSO_TEST_TOOLS", "BENCHPRESSO_SLURM_TESTS",
  ]

  /// The configuration files that variables name, those for all commands first.
  public let files: [String]
  private let candidates: [(name: String, value: String, keys: [String])]
  private let stage: String

  /// Reads the variables that count for a command.
  public init(_ environment: [String: String], stage: String) {
    self.stage = stage == "train" ? "fit" : stage
    let isOff = ["0", "false", "off", "no"].contains(environment["BENCHPRESSO_ENV"]?.lowercased() ?? "")
    let own =
      isOff ? [] : environment.filter { $0.key.hasPrefix(Self.prefix) && !Self.reserved.contains($0.key) }.sorted { $0.key < $1.key }
    let all = own.map { (name: $0.key, value: $0.value, keys: Self.keys($0.key)) }
    let names = [["config"], [self.stage, "config"]]
    files = names.flatMap { name in all.filter { Self.canonical($0.keys) == name }.map(\.value) }
    let others = [["config"]] + Self.stages.map { [$0, "config"] }
    candidates = all.filter { !others.contains($0.keys) }
  }

  /// Returns the overrides of the variables that name a setting, and a note for each that does not.
  ///
  /// - Parameter tree: The configuration without the variables, which says which classes the components have.
  func overrides(in tree: Node, root: any Settings.Type, catalogue: Catalogue) -> (known: [Override], unknown: [Note]) {
    var known: [(isForStage: Bool, override: Override)] = []
    var unknown: [Note] = []
    for (name, value, keys) in candidates {
      func override(_ keys: [String]) -> Override {
        Override(path: keys.joined(separator: "."), value: value, mark: .environment(name))
      }
      func isSetting(_ keys: [String]) -> Bool {
        !keys.isEmpty && (keys[0] == "vars" || catalogue.place(keys, in: tree, root: root) != nil)
      }
      let canonical = Self.canonical(keys)
      if isSetting(keys) {
        known.append((false, override(keys)))
      } else if let first = canonical.first, Self.stages.contains(first), isSetting(Array(canonical.dropFirst())) {
        if first == stage { known.append((true, override(Array(canonical.dropFirst())))) }
      } else {
        let path = keys.joined(separator: ".")
        unknown.append(
          Note(
            mark: .environment(name), path: "",
            sentence: "no setting is called '\(path)', so the variable does nothing; unset it or correct its name"))
      }
    }
    return (known.filter { !$0.isForStage }.map(\.override) + known.filter(\.isForStage).map(\.override), unknown)
  }

  /// The names of variables of the configuration (`vars`) keep their case.
  private static func keys(_ name: String) -> [String] {
    let written = name.dropFirst(prefix.count).replacing("__", with: ".").split(separator: ".").map(String.init)
    let keys = written.map { $0.lowercased() }
    guard let vars = keys.firstIndex(of: "vars"), vars < 2 else { return keys }
    return Array(keys[...vars] + written[(vars + 1)...])
  }

  private static func canonical(_ keys: [String]) -> [String] { keys.first == "train" ? ["fit"] + keys.dropFirst() : keys }
}
