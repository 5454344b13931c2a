import Codecs
import Configuration
import Datasets
import Metrics
import Registry

/// What has to be there before a unit can run: pictures, weights, programs of others.
struct StudyNeed {
  /// What it is.
  enum Subject: Equatable {
    /// The pictures of a stage.
    case pictures(Component<DatasetKind>, Stage)
    /// What measures need: weights and programs.
    case metrics([Component<MetricKind>])
    /// The programs of a classical codec.
    case codec(Component<CodecKind>)
    /// A file of weights.
    case weights(String)
  }

  let subject: Subject
  /// The place in a configuration that asks for it.
  let mark: Mark
  /// The path of the setting there.
  let path: String

  /// What is missing, with the remedy; nil when it is there.
  func problem(_ catalogue: Catalogue) -> String? {
    do {
      switch subject {
      case .pictures(let component, let stage):
        let data: DataModule = try catalogue.build(component)
        try data.prepare()
        _ = stage == .test ? try data.testFiles(limit: nil).count : try data.files(stage).count
      case .metrics(let components): try MetricChoice(components).check()
      case .codec(let component): _ = try CodecStage.codec(component, quality: nil, catalogue).versions()
      case .weights(let path):
        guard PathText.exists(path) else { return "there is no file '\(path)' (no such file or folder)" }
      }
      return nil
    } catch DatasetError.noFolder(let path, let set) {
      return "the data set folder '\(path)' does not exist; check data_dir\(Self.remedy(set))"
    } catch DatasetError.noPart(let path, let set) {
      return "'\(path)' is missing; check data_dir\(Self.remedy(set))"
    } catch {
      return "\(error)"
    }
  }

  /// How to get a set of this name.
  private static func remedy(_ name: String?) -> String {
    guard let set = name.flatMap({ KnownDataset.named($0) }) else { return "" }
    return set.parts.isEmpty
      ? ", or get the set: 'benchpresso data list \(set.name)' says how" : ", or fetch the set with 'benchpresso data download \(set.name)'"
  }
}
