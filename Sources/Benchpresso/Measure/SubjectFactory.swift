import Codecs
import Configuration
import Measuring
import Models
import Registry
import Torch

/// Makes what is measured ready, in the process that measures it.
enum SubjectFactory {
  /// The name of the configuration that travels between the processes, for errors.
  private static let source = "the measured configuration"

  /// Makes the subject of a description.
  static func open(_ description: SubjectDescription, threads: Int?) throws -> any MeasuringSubject {
    if description.kind == .null { return NullSubject() }
    let catalogue = try Program.catalogue()
    let request = ConfigurationRequest(base: try ConfigurationFile.parse(description.configuration, source: source))
    if description.kind == .codec {
      var composition = Composition(request, root: CodecStudy.self, catalogue: catalogue)
      return try CodecSubject(try CodecStage.codec(try composition.decode(CodecStudy.self).codec, quality: nil, catalogue))
    }
    if let threads { try Runtime.setThreads(threads) }
    if description.device != Device.cpu.name { _ = try Runtime.loadCUDA() }
    let component = try ExperimentFile(request, catalogue: catalogue).experiment.model
    return try learned(component, description, catalogue)
  }

  private static func learned(
    _ component: Component<ModelKind>, _ description: SubjectDescription, _ catalogue: Catalogue
  ) throws -> LearnedSubject {
    let device = Device(description.device)
    let tiling = Tiling(side: (TileSide(text: description.tile) ?? TileSide(side: .off)).side)
    let options = LearnedCodec.Options(tiling: tiling)
    if let path = description.weights {
      let model = try ModelUnderTest(
        component: component, weights: try ModelWeights(path: path), options: options, device: device, catalogue: catalogue)
      return try LearnedSubject(model: model.codec.model, codec: model.codec, device: device, weights: path)
    }
    let plan: ModelPlan = try catalogue.build(component)
    let model = try plan.build(seed: description.seed)
    try model.updateTables()
    if device != .cpu { try model.move(to: device) }
    let codec = try LearnedCodec(model: model, identity: component.classPath, options: options)
    return try LearnedSubject(model: model, codec: codec, device: device, weights: "random, seed \(description.seed)")
  }
}
