import Configuration
import Foundation
import SafeFiles

/// A configuration file that is damaged.
struct FuzzSubject {
  /// What a file is for.
  enum Use { case experiment, trainer, rates, study, largeStudy }

  let text: [UInt8]
  let use: Use

  /// The words of a command line that read the file when it lies at `path`.
  func words(for path: String) -> [String] {
    switch use {
    case .experiment, .rates, .study, .largeStudy: ["--config", path]
    case .trainer: ["--config", "\(Self.root)/configs/smoke.yaml", "--trainer", path]
    }
  }

  /// The files that ship, and the listings of the thesis.
  static func all() throws -> [FuzzSubject] {
    var subjects: [FuzzSubject] = []
    for folder in ["configs", "Tests/Fixtures/thesis"] {
      let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
      // The variants name parts beside their own folder, and are alike; those of classical codecs are no experiments.
      let isLeftOut = { (name: String) in name.hasPrefix("thesis/variants/") || name.hasPrefix("codecs/") }
      for name in names.filter({ $0.hasSuffix(".yaml") && !isLeftOut($0) }).sorted() {
        let use: Use = name.hasPrefix("trainer/") ? .trainer : name.hasPrefix("rates/") ? .rates : .experiment
        subjects.append(FuzzSubject(text: try FileBytes.read("\(root)/\(folder)/\(name)"), use: use))
      }
    }
    return try subjects + studies()
  }

  /// The studies that ship, with the files that they name.
  private static func studies() throws -> [FuzzSubject] {
    try FileManager.default.contentsOfDirectory(atPath: "\(root)/studies").filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      let text = String(decoding: try FileBytes.read("\(root)/studies/\(name)"), as: UTF8.self).replacing("../", with: "\(root)/")
      // The configurations of a study of many units take seconds.
      return FuzzSubject(text: Array(text.utf8), use: name == "smoke.yaml" ? .study : .largeStudy)
    }
  }

  /// The folder of the sources.
  static let root = ["", "", ""].reduce(#filePath) { path, _ in PathText.folder(of: path) }
}
