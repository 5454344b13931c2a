public import Registry

/// A data set of a user's own, which says how its pictures come to this machine and which of them each stage sees.
///
/// It is the BaseDataModule of the thesis (section 6.5.1, figure 6.2): ``prepare()`` is its `prepare_data`, ``setUp(_:)`` its `setup`. Batches,
/// order, transforms and the share of each process come from the shared settings. An entry makes it:
///
///     Entry(DatasetKind.self, "datasets.Mine", summary: "…", settings: Mine.self) { mine, context in mine.dataModule(context) }
public protocol PreparedData: LoadingSettings {
  /// The folder of the pictures, which results name.
  var folder: String { get }

  /// Brings the data to this machine: downloads, unpacks, decodes. What is there already is kept.
  ///
  /// It runs before a stage lists its pictures; of several processes the first one runs it, and the others wait.
  func prepare() throws

  /// Returns the pictures of a stage; every process calls it, once for each stage that it needs.
  func setUp(_ stage: Stage) throws -> any SampleSource
}

extension PreparedData {
  /// Has nothing to prepare.
  public func prepare() throws {}

  /// The data set as the trainer and the tests take it.
  public func dataModule(_ context: BuildContext) -> DataModule {
    module(
      folder: folder, context, preparation: { try prepare() },
      list: { stage throws(DatasetError) in try DatasetError.explaining { try setUp(stage) } })
  }
}
