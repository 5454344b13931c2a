import Configuration
import LatentModels
import Layers
import Models
import Registry
import Reporting
import Torch
import Training

/// The parameters and multiply–accumulates of a model, or of a part of one with the defaults of the model that it is made for, and those that a rate control
/// adds to one.
struct ComponentCost: Encodable {
  /// The number of parameters; nil where it cannot be told.
  private(set) var parameters: Int?
  /// The multiply–accumulates of a forward pass, for each of ``unit``.
  private(set) var multiplyAccumulates: Double?
  /// What the multiply–accumulates are counted for: a pixel of the picture, or an element of the grid of the latent.
  private(set) var unit: String?
  /// The arguments that it was counted with.
  private(set) var arguments: [String: Node] = [:]
  /// Why it cannot be told; nil where it can.
  private(set) var problem: String?

  private enum CodingKeys: String, CodingKey {
    case parameters, unit, arguments, problem
    case multiplyAccumulates = "multiply_accumulates"
  }

  /// Whether components of an entry's kind have a cost.
  static func isKnown(of entry: Entry) -> Bool {
    [ModelKind.name, NetworkKind.name, BlockKind.name, ContextModelKind.name, SideInformationKind.name, RateControlKind.name]
      .contains(entry.kind)
  }

  /// Builds the component and counts; what goes wrong is its ``problem``.
  init(_ entry: Entry, catalogue: Catalogue) {
    do {
      switch entry.kind {
      case ModelKind.name: try count(model: entry, catalogue)
      case NetworkKind.name: try count(network: entry, catalogue)
      case BlockKind.name: try count(block: entry, catalogue)
      case ContextModelKind.name: try count(contextModel: entry, catalogue)
      case SideInformationKind.name: try count(sideInformation: entry, catalogue)
      default: try count(rateControl: entry, catalogue)
      }
    } catch let error as ConfigurationError {
      problem = error.problems.first.map { "\($0.path): \($0.sentence)" } ?? "\(error)"
    } catch {
      problem = "\(error)"
    }
  }

  /// A small picture tells what each pixel costs.
  private static let side = 64

  private mutating func count(model entry: Entry, _ catalogue: Catalogue) throws {
    let plan: ModelPlan = try catalogue.build(Component<ModelKind>(entry.classPath))
    let summary = try ModelSummary(try plan.build(seed: 0), side: Self.side)
    parameters = summary.parameterCount
    multiplyAccumulates = summary.multiplyAccumulatesPerPixel
    unit = "pixel"
    arguments = Self.numbers(catalogue.defaultArguments(of: entry))
  }

  private mutating func count(rateControl entry: Entry, _ catalogue: Catalogue) throws {
    let arguments = Node.map([("quantizer", "quantizer.Mixed"), ("rate_control", Component<RateControlKind>(entry.classPath).node)])
    func summary(_ arguments: Node) throws -> ModelSummary {
      let plan: ModelPlan = try catalogue.build(Component<ModelKind>("models.MeanScaleHyperprior", arguments))
      return try ModelSummary(try plan.build(seed: 0), side: Self.side)
    }
    let (plain, controlled) = (try summary(Node(.map([]))), try summary(arguments))
    parameters = controlled.parameterCount - plain.parameterCount
    multiplyAccumulates = (controlled.multiplyAccumulatesPerPixel ?? 0) - (plain.multiplyAccumulatesPerPixel ?? 0)
    unit = "pixel that are added to the convolutions of models.MeanScaleHyperprior"
    if let model = catalogue.entry("models.MeanScaleHyperprior") { self.arguments = Self.numbers(catalogue.defaultArguments(of: model)) }
  }

  private mutating func count(network entry: Entry, _ catalogue: Catalogue) throws {
    guard let host = NetworkHost(of: entry, catalogue: catalogue) else {
      problem = "no model has it by default, so that its size is open"
      return
    }
    let model = catalogue.defaultArguments(of: host.model)
    var suggestions = Self.numbers(model)
    // Units that work on each value cost nothing, so that it does not matter which one a hyper network has.
    let transforms = ["encoder", "decoder"].contains(host.setting)
    suggestions["activation"] = (transforms ? model["activation"] : nil) ?? Component<NonlinearityKind>("nonlinearity.LeakyReLU").node
    let plan = try catalogue.build(Component<NetworkKind>(entry.classPath), as: NetworkPlan.self, suggesting: suggestions)
    let network = try plan.build(seeds: SeedSequence(0))
    var (side, grid) = (Self.side, Self.side)
    if case .enlarges(let factor) = plan.scale { (side, grid) = (Self.side / factor, Self.side) }
    let trace = try LayerTrace.recording {
      try withoutGradients { _ = try network.forward(Tensor.zeros([1, plan.input.value, side, side])) }
    }
    grid *= grid
    parameters = network.parameterCount
    multiplyAccumulates = Double(trace.multiplyAccumulates) / Double(grid)
    unit = transforms ? "pixel" : host.setting == "thumbnail" ? "pixel of the thumbnail" : "element of the latent's grid"
    arguments = Self.numbers(model)
    if transforms, let name = suggestions["activation"]?["class_path"] { arguments["activation"] = name }
  }

  /// At a place of 64×64 with 128 channels.
  private mutating func count(block entry: Entry, _ catalogue: Catalogue) throws {
    let channels = FactorizedPriorSettings().channels
    let plan = try catalogue.build(
      Component<BlockKind>(entry.classPath), as: BlockPlan.self,
      suggesting: ["channels": Node(.int(channels)), "inverse": Node(.bool(false))])
    let block = try plan.build(seeds: SeedSequence(0))
    let trace = try LayerTrace.recording {
      try withoutGradients { _ = try block.forward(Tensor.zeros([1, channels, Self.side, Self.side])) }
    }
    parameters = block.parameterCount
    multiplyAccumulates = Double(trace.multiplyAccumulates) / Double(Self.side * Self.side)
    unit = "element of the grid at its place, here of \(Self.side)×\(Self.side)"
    arguments = ["channels": Node(.int(channels))]
  }

  /// In one training step of a grid of 16×16 with the numbers of channels of `models.Composed` and Gaussians.
  private mutating func count(contextModel entry: Entry, _ catalogue: Catalogue) throws {
    let plan: ContextPlan = try catalogue.build(Component<ContextModelKind>(entry.classPath))
    let settings = ComposedSettings()
    let sizes = ContextSizes(
      channels: settings.expansionChannels, hyperChannels: 2 * settings.expansionChannels, parametersPerElement: 2)
    let coding = try plan.build(sizes, density: GaussianConditionalPlan(), seeds: SeedSequence(0))
    try count(coding, named: ["expansion_channels": sizes.channels, "hyper_channels": sizes.hyperChannels]) { noise, side in
      _ = try coding.forward(
        Tensor.zeros([1, sizes.channels, side, side]), hyper: Tensor.zeros([1, sizes.hyperChannels, side, side]),
        quantizer: StraightThroughQuantizer(), noise: noise)
    }
  }

  /// In one training step of a latent of 16×16 with the numbers of channels of `models.Composed`.
  private mutating func count(sideInformation entry: Entry, _ catalogue: Catalogue) throws {
    let settings = ComposedSettings()
    let numbers = ["channels": settings.channels, "expansion_channels": settings.expansionChannels]
    let plan = try catalogue.build(
      Component<SideInformationKind>(entry.classPath), as: SideInformationPlan.self, suggesting: numbers.mapValues { Node(.int($0)) })
    let information = try plan.build(seeds: SeedSequence(0))
    try count(information, named: numbers) { noise, side in
      _ = try information.forward(
        Tensor.zeros([1, plan.channels?.value ?? settings.expansionChannels, side, side]), quantizer: StraightThroughQuantizer(),
        noise: noise)
    }
  }

  private mutating func count(
    _ part: any Module, named numbers: [String: Int], _ step: (_ noise: any NoiseSource, _ side: Int) throws -> Void
  ) throws {
    let side = 16
    let trace = try LayerTrace.recording {
      try withoutGradients { try step(SampleNoise(seed: 0, step: 0, indices: [0]), side) }
    }
    parameters = part.parameterCount
    multiplyAccumulates = Double(trace.multiplyAccumulates) / Double(side * side)
    unit = "element of the latent's grid"
    arguments = numbers.mapValues { Node(.int($0)) }
  }

  /// The numbers of channels among a model's arguments.
  private static func numbers(_ arguments: Node) -> [String: Node] {
    var numbers: [String: Node] = [:]
    for field in arguments.fields ?? [] { if case .int = field.value.value { numbers[field.key] = field.value } }
    return numbers
  }

  /// In words.
  var text: String {
    guard let parameters, let multiplyAccumulates, let unit else { return "unknown; \(problem ?? "")" }
    let with = arguments.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.onOneLine)" }.joined(separator: ", ")
    let count =
      multiplyAccumulates < 100
      ? NumberText.fixed(multiplyAccumulates, decimals: 1) : NumberText.grouped(Int(multiplyAccumulates.rounded()))
    return
      "\(NumberText.grouped(parameters)) parameters, \(count) multiply–accumulates for each \(unit)\(with.isEmpty ? "" : ", with \(with)")"
  }
}
