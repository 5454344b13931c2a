import Codecs
import Measuring
import Models
import Registry
import Results

/// All variants of a measurement, with names of their own.
struct MeasureVariants {
  let files: [VariantFile]

  private init(files: [VariantFile]) { self.files = files }

  /// Reads what the words of the command line ask for.
  init(_ options: MeasureOptions, catalogue: Catalogue) throws {
    guard !options.words.isEmpty else {
      throw UsageError.needs(
        "name what is to be measured: a configuration, weights or a class path, for example models.FactorizedPrior")
    }
    var files = try options.words.map {
      try VariantFile(VariantWords($0), seed: UInt64(options.seed), device: options.device, catalogue: catalogue)
    }
    if options.null { files.append(.null) }
    var names: Set<String> = []
    for file in files where !names.insert(file.name).inserted {
      throw UsageError.needs("two variants are called '\(file.name)'; give one another name: NAME=\(file.classPath)")
    }
    if let codec = files.first(where: { $0.subject.kind == .codec }), options.what == .transform {
      throw UsageError.needs("'\(codec.name)' has no networks that could be timed alone; use --what codec")
    }
    self.files = files
  }

  /// Each model once for each side of tiles; what is no model as it is.
  ///
  /// - Throws: ``UsageError`` for tiles of what is no model alone.
  func tiled(_ sides: [TileSide]) throws -> MeasureVariants {
    MeasureVariants(
      files: try files.flatMap { file -> [VariantFile] in
        guard file.subject.kind == .model else {
          guard sides.contains(TileSide(side: .off)) else {
            throw UsageError.needs("'\(file.name)' is no model, which alone can be measured in tiles; name 'off' among --tiles")
          }
          return [file]
        }
        return sides.map { side in
          var variant = file
          variant.subject.tile = side.text
          switch side.side {
          case .off: variant.name += ", whole"
          case .automatic: variant.name += ", automatic tiles"
          case .pixels(let pixels): variant.name += ", tiles of \(pixels)"
          }
          return variant
        }
      })
  }

  /// The variants without what is known after they have been made ready.
  var plain: [MeasuringVariant] { files.map { MeasuringVariant(name: $0.name, subject: $0.subject) } }

  /// The variants with what their numbers depend on.
  func complete(_ facts: [SubjectFacts]) -> [MeasuringVariant] {
    zip(plain, facts).map { variant, facts in
      var variant = variant
      let versions = facts.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      variant.context =
        ([BuiltIn.version, Machine.cpuModel, facts.libtorchVersion ?? "", "\(facts.threads)", facts.weightsSHA256 ?? ""] + versions)
        .joined(separator: "\n")
      return variant
    }
  }

  /// What results say about the variants.
  func described(_ facts: [SubjectFacts]) -> [TimingVariant] {
    var families: [(rest: String, name: String, groups: Set<String>)] = []
    return zip(files, facts).map { file, facts in
      var family = file.name
      if let sizes = file.sizes {
        // Two variants of one size and structure, such as two checkpoints, are families of their own.
        if let index = families.firstIndex(where: { $0.rest == sizes.rest && !$0.groups.contains(sizes.text) }) {
          family = families[index].name
          families[index].groups.insert(sizes.text)
        } else {
          families.append((sizes.rest, file.name, [sizes.text]))
        }
      }
      return TimingVariant(
        name: file.name, classPath: file.classPath, settings: file.settings, group: file.sizes?.text, family: family,
        parameterCount: facts.parameterCount, weights: facts.weights, weightsSHA256: facts.weightsSHA256, versions: facts.versions)
    }
  }
}
