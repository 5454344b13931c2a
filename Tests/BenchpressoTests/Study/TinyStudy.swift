import Foundation
import Registry
import SafeFiles
import Studies

@testable import Benchpresso

/// A study of a few seconds: two tiny models at two rates on four small pictures.
enum TinyStudy {
  static let base = """
    model:
      class_path: models.FactorizedPrior
      init_args: {channels: 4, expansion_channels: 6}
    data:
      class_path: datasets.ImageFolder
      init_args:
        data_dir: pictures
        batch_size: 2
        transform: {class_path: transform.RandomCrop, init_args: {patch_size: 32}}
    trainer:
      max_steps: 4
      val_check_interval: 0
      callbacks: [{class_path: callbacks.ModelCheckpoint, init_args: {every_n_train_steps: 2}}]
      log_every_n_steps: 1
      threads: 1

    """

  static let study = """
    study: s
    baseline: gdn
    base: [base.yaml]
    variations:
      gdn: {}
      relu: {model.activation: nonlinearity.ReLU}
    rates: {values: {q1: 0.01, q2: 0.02}, warm_start: {from: higher, trainer.max_steps: 2}}
    datasets:
      photos: {data: {class_path: datasets.ImageFolder, init_args: {data_dir: pictures, transform: transform.NoCrop}}}
    anchors:
      jpeg: {codec: codecs.JPEG, qualities: [5, 30]}
    compare: {anchor: jpeg}

    """

  /// One variation at one rate: a training and its test.
  static let single = """
    study: s
    base: [base.yaml]
    variations: {gdn: {}}
    datasets: {photos: {data.data_dir: pictures, data.transform: transform.NoCrop}}

    """

  /// A folder with the study `s.yaml`, its base and its pictures.
  static func folder(_ study: String = TinyStudy.study) throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("base.yaml", base)
    try folder.add("s.yaml", study)
    try folder.addPictures("pictures")
    return folder
  }
}

/// The studies that ship; the plan of the small ablation, which takes seconds, is made once.
enum ShippedStudy {
  private static let small = Result { try read("nonlinearity-small") }

  static func plan(_ name: String) throws -> StudyPlan { try name == "nonlinearity-small" ? small.get() : read(name) }

  private static func read(_ name: String) throws -> StudyPlan {
    try StudyExpansion(StudyFile("\(ConfigurationFilesTests.root)/studies/\(name).yaml"), catalogue: BuiltIn.catalogue()).plan
  }
}

extension TestFolder {
  /// Runs `benchpresso study …` here.
  func study(_ words: String..., environment: [String: String] = [:]) throws -> Command.Result {
    var command = Command(["study"] + words, in: self)
    command.environment = environment
    return try command.run()
  }

  /// The names of the units that would run.
  func open(_ file: String = "s.yaml") throws -> [String] {
    let result = try study("run", file, "--dry-run")
    guard result.status == 0 else { throw Tiny.Failed(messages: result.messages) }
    return result.output.split(separator: "\n").map(String.init)
  }

  /// The folder of a unit, which is the only one of its name.
  func unit(_ name: String) throws -> String {
    let folder = "\(path)/runs/s/units"
    let found = try Folder.names(in: folder).filter { $0.hasPrefix("\(name.replacing("/", with: "@"))-") && !$0.contains(".old-") }
    guard let only = found.first, found.count == 1 else { throw Tiny.Failed(messages: "\(name): \(found)") }
    return "\(folder)/\(only)"
  }

  /// What a unit says of itself.
  func text(_ name: String, _ file: String) throws -> String {
    String(decoding: try FileBytes.read("\(try unit(name))/\(file)"), as: UTF8.self)
  }
}
