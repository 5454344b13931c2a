import Codecs
import Configuration
import Datasets
import Metrics
import Registry
import Testing

@testable import Benchpresso

/// Components that no training of a picture uses are built from the arguments of their examples.
struct BuiltExamplesTests {
  private static let kinds = ["transform", "data set", "metric", "codec"]
  static let classPaths = BuiltIn.entries.filter { kinds.contains($0.kind) }.map(\.classPath)

  /// What cannot be built without something of others, and what its error then names.
  private static let needs = [
    "metrics.LPIPSVGG": "data download lpips", "metrics.LPIPSAlex": "data download lpips", "metrics.DISTS": "data download",
    "codecs.Learned": "zoo:quickstart/lambda-0.0018", "metrics.Butteraugli": "butteraugli_main",
    "metrics.Butteraugli3Norm": "butteraugli_main",
  ]

  @Test(arguments: classPaths) func isBuilt(classPath: String) throws {
    let catalogue = try BuiltIn.catalogue()
    let entry = try #require(catalogue.entry(classPath))
    let example = ComponentExample(entry, catalogue: catalogue).tree
    let arguments = try #require(Self.component(classPath, in: example))["init_args"] ?? Node(.map([]))
    do {
      switch entry.kind {
      case "transform": _ = try catalogue.build(Component<TransformKind>(classPath, arguments), as: (any ImageTransform).self)
      case "data set": _ = try catalogue.build(Component<DatasetKind>(classPath, arguments), as: DataModule.self)
      case "metric": _ = try catalogue.build(Component<MetricKind>(classPath, arguments), as: (any ImageMetric).self)
      default: _ = try catalogue.build(Component<CodecKind>(classPath, arguments), as: (any ImageCodec).self)
      }
    } catch {
      // Settings without which there is nothing to do, or something of others that is not there.
      let text = "\(error)"
      let isLacking = Self.needs[classPath].map { text.contains($0) } ?? false
      #expect(isLacking || ["codecs.Command", "codecs.VTM", "codecs.HM", "datasets.Joined"].contains(classPath), "\(text)")
    }
  }

  /// The map of the component, wherever it stands.
  private static func component(_ classPath: String, in node: Node) -> Node? {
    if node["class_path"]?.string == classPath { return node }
    let parts = node.fields?.map(\.value) ?? node.elements ?? []
    return parts.lazy.compactMap { component(classPath, in: $0) }.first
  }
}
