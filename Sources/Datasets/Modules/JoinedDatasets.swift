import Configuration
public import Registry

/// The settings of `datasets.Joined`.
public struct JoinedSettings: LoadingSettings {
  /// The data sets, one after the other; at least one.
  ///
  /// Their batch_size and num_workers are passed over. A transform that one of them names is done to its pictures in place of the transform here.
  public var datasets: [Component<DatasetKind>] = []
  /// How often pictures of each data set are seen in training, beside the others: one positive number each; only their ratio counts.
  ///
  /// An epoch keeps its length. Null sees every picture once in an epoch.
  public var weights: [Double]?
  /// The data set of the validation, with its own batch_size and transforms; null takes the pictures of `datasets`.
  public var valData: Component<DatasetKind>?
  /// The data set of the test, with its own batch_size and transforms; null takes the pictures of `datasets`.
  public var testData: Component<DatasetKind>?
  /// How many pictures a batch has, at least 1; after the transform all pictures of a batch must have one size.
  public var batchSize = 1
  /// How many threads decode pictures ahead, 0 to 256; 0 decodes when the batch is asked for.
  ///
  /// The batches do not depend on it.
  public var numWorkers = 1
  /// What is done to every picture; null cuts 256×256 pixels from the middle, as the thesis does.
  public var transform: Component<TransformKind>?
  /// What is done to pictures of the validation; null takes `transform`.
  public var valTransform: Component<TransformKind>?
  /// What is done to pictures of the test; null takes `transform`.
  public var testTransform: Component<TransformKind>?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    var found = loadingProblems()
    if let weights {
      if weights.count != datasets.count {
        found.append(("weights", "must have a number for each of the \(datasets.count) datasets, found \(weights.count)"))
      } else if let wrong = weights.first(where: { !($0 > 0 && $0.isFinite) }) {
        found.append(("weights", "must be positive, found \(wrong)"))
      }
    }
    return found
  }

  /// The data set.
  ///
  /// - Throws: `ConfigurationError` when one of the sets cannot be built, or when there is none.
  func module(_ context: BuildContext) throws -> DataModule {
    guard !datasets.isEmpty else {
      throw ConfigurationError(
        mark: context.mark, path: context.path(of: "datasets"), "has no data set, expected at least one: {class_path: datasets.Kodak}")
    }
    let modules = try datasets.map { try context.build($0, as: DataModule.self) }
    let joined = module(folder: Self.commonFolder(modules.map(\.folder)), context) { [weights] stage throws(DatasetError) in
      var parts: [JoinedSource.Part] = []
      for module in modules {
        let data = module.data(stage)
        let source = try data.source()
        do {
          parts.append(JoinedSource.Part(source: source, transform: data.hasTransform ? try data.transform() : nil))
        } catch let error as DatasetError {
          throw error
        } catch {
          throw DatasetError.transform(name: data.folder, reason: "\(error)")
        }
      }
      return JoinedSource(parts, weights: weights)
    }
    let validation = try valData.map { try context.build($0, as: DataModule.self) }
    let test = try testData.map { try context.build($0, as: DataModule.self) }
    return DataModule(
      train: joined.data(.train), validation: (validation ?? joined).data(.validate), test: (test ?? joined).data(.test),
      preparation: { for module in modules + [validation, test].compactMap(\.self) { try module.prepare() } })
  }

  /// The folder that all of them lie in; the working directory where there is none.
  static func commonFolder(_ folders: [String]) -> String {
    var common = folders.first?.split(separator: "/", omittingEmptySubsequences: false) ?? []
    for folder in folders.dropFirst() {
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      common = Array(zip(common, parts).prefix { $0 == $1 }.map(\.0))
    }
    return common.isEmpty ? "." : common == [""] ? "/" : common.joined(separator: "/")
  }
}
