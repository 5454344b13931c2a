import EntropyCoding
import Testing
import Torch
import Weights

@testable import LatentModels

/// The engine with every context model: what a group may see, that coding is training without noise, and that decoding is the way back.
@Suite(.serialized) struct GroupCodingTests {
  private static let size = (height: 6, width: 7)

  /// The tables of all codings, which depend on nothing, and the context models that no test changes.
  private struct Built {
    let density: GaussianDensity
    var contexts: [String: any GroupedContext] = [:]

    init() throws {
      let conditional = try GaussianConditional(scaleBound: 3)
      try conditional.updateTables()
      density = GaussianDensity(conditional)
    }
  }

  // The suite is serialized, so that one test at a time sees it.
  nonisolated(unsafe) private static var built: Built?

  private func context(_ name: String, hyperChannels: Int) throws -> any GroupedContext {
    let key = "\(name) \(hyperChannels)"
    var built = try Self.built ?? Built()
    let context = try built.contexts[key] ?? GroupedContexts.make(name, hyperChannels: hyperChannels)
    built.contexts[key] = context
    Self.built = built
    return context
  }

  private func coding(_ name: String, hyperChannels: Int = 12, streams: GroupCoding.Streams = .one) throws -> GroupCoding {
    let context = try context(name, hyperChannels: hyperChannels)
    return GroupCoding(context, density: try Self.built?.density ?? Built().density, streams: streams)
  }

  private func latent(_ samples: Int = 1, seed: UInt64 = 7) throws -> Tensor {
    try Tensor.uniform([samples, GroupedContexts.channels, Self.size.height, Self.size.width], in: -6...6, seed: seed)
  }

  private func hyper(_ samples: Int = 1, channels: Int = 12) throws -> Tensor {
    try Tensor.uniform([samples, channels, Self.size.height, Self.size.width], in: -2...2, seed: 8)
  }

  /// A changed element of one group must change the parameters of no group up to it, and of at least one behind it where the model promises that.
  @Test(arguments: GroupedContexts.names) func aGroupSeesExactlyThoseBefore(name: String) throws {
    let context = try context(name, hyperChannels: 12)
    let order = context.order(height: Self.size.height, width: Self.size.width)
    let numbers = try order.groupNumbers(channels: context.channels, height: Self.size.height, width: Self.size.width)
    let (latent, hyper) = (try latent(), try hyper())
    try withoutGradients {
      let reference = try parameters(context, order: order, latent: latent.elements(), numbers: numbers, hyper: hyper)
      for changed in order.groups.indices {
        var values = try latent.elements()
        // Every element of the group, so that nothing can hide behind a weight that is small by chance.
        for element in values.indices where numbers[element] == changed { values[element] += 3 }
        let found = try parameters(context, order: order, latent: values, numbers: numbers, hyper: hyper)
        for group in order.groups.indices {
          if group <= changed {
            #expect(found[group] == reference[group], "\(name): group \(group) sees group \(changed)")
            continue
          }
          switch Self.sees(name, group, changed) {
          case true?: #expect(found[group] != reference[group], "\(name): group \(group) does not see group \(changed)")
          case false?:
            #expect(found[group] == reference[group], "\(name): group \(group) sees group \(changed), which its paper does not give it")
          case nil: break
          }
        }
      }
    }
  }

  /// Which earlier groups a group is said to see; nil where that depends on the latent.
  private static func sees(_ name: String, _ group: Int, _ earlier: Int) -> Bool? {
    switch name {
    case "channel-wise 2": earlier == 0
    // A window of 5×5 reaches two rows of slope 3 and two columns.
    case "context-adaptive": group - earlier <= 2 * 3 + 2
    case "causal attention": group - earlier <= 2 * 3 + 2
    case "global reference": group - earlier <= 2 * 3 + 2 ? true : nil
    // Three layers of one place in each direction and the blocks before.
    case "zigzag": group - earlier <= 3 * 2 + 2
    case "space-channel first and last": group / 2 == earlier / 2 || earlier / 2 == 0 || earlier / 2 == group / 2 - 1
    default: true
    }
  }

  /// The parameters of the elements of each group, of a latent of which all groups before are known without refinement of what is coded.
  private func parameters(
    _ context: any GroupedContext, order: CodingOrder, latent: [Float], numbers: [Int], hyper: Tensor
  ) throws -> [[Float]] {
    let shape = [1, context.channels, Self.size.height, Self.size.width]
    let prediction = try context.begin(hyper: hyper)
    return try order.groups.enumerated().map { number, group in
      let known = try Tensor(zip(latent, numbers).map { $1 < number ? $0 : 0 }, shape: shape)
      let elements = try GroupElements(group, height: Self.size.height, width: Self.size.width, device: .cpu)
      return try elements.taken(fromParameters: prediction.parameters(of: number, known: known), count: 2).elements()
    }
  }

  @Test(arguments: GroupedContexts.names, [GroupCoding.Streams.one, .eachGroup])
  func decodingIsTheWayBack(name: String, streams: GroupCoding.Streams) throws {
    guard streams == .one || !GroupedContexts.growing.contains(name) else { return }
    let coding = try coding(name, streams: streams)
    let (latent, hyper) = (try latent(2), try hyper(2))
    let payloads = try coding.compress(latent, hyper: hyper)
    #expect(payloads.count == coding.streamCount && payloads.allSatisfy { $0.count == 2 })
    let decoded = try coding.decompress(payloads, hyper: hyper, height: Self.size.height, width: Self.size.width)
    let (values, likelihoods) = try coding.forward(latent, hyper: hyper, quantizer: MixedQuantizer(), noise: nil)
    #expect(try decoded.elements() == values.elements())
    // Rounding is all that was lost, but where a network corrects it.
    if !["channel-wise", "channel-wise attention", "multi-reference"].contains(name) {
      #expect(try (decoded - latent).absolute().maximumElement().item() <= 0.5001)
    }
    let bits = -(try likelihoods.to(.float64).logarithm().sum().item()) / 0.693_147_180_559_945_3
    let coded = Double(8 * payloads.joined().reduce(0) { $0 + $1.count })
    #expect(abs(coded - bits) < 0.05 * bits + Double(2 * 96 * coding.streamCount), "\(name): \(coded) bits for \(bits)")
    // A picture in a batch has the streams that it has alone.
    let alone = try coding.compress(latent.narrowed(0, from: 1, length: 1), hyper: hyper.narrowed(0, from: 1, length: 1))
    #expect(alone == payloads.map { [$0[1]] })
  }

  @Test(arguments: GroupedContexts.names.filter { $0 != "none" }) func withoutSideInformation(name: String) throws {
    let coding = try coding(name, hyperChannels: 0)
    let latent = try latent()
    let payloads = try coding.compress(latent, hyper: nil)
    let decoded = try coding.decompress(payloads, hyper: nil, height: Self.size.height, width: Self.size.width)
    #expect(try decoded.elements() == coding.forward(latent, hyper: nil, quantizer: MixedQuantizer(), noise: nil).values.elements())
  }

  /// With rounding for what is seen, a training step predicts what coding predicts, up to the last bits of convolutions on several threads.
  @Test(arguments: GroupedContexts.names) func trainingPredictsWhatCodingDoes(name: String) throws {
    let coding = try coding(name)
    let (latent, hyper) = (try latent(2), try hyper(2))
    let rounded = try coding.forward(latent, hyper: hyper, quantizer: MixedQuantizer(), noise: nil)
    let trained = try coding.forward(
      latent, hyper: hyper, quantizer: StraightThroughQuantizer(), noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
    #expect(try (rounded.values - trained.values).absolute().maximumElement().item() < 1e-4)
    #expect(try (rounded.likelihoods - trained.likelihoods).absolute().maximumElement().item() < 1e-4)
  }

  @Test(arguments: GroupedContexts.names) func everyParameterGetsAGradient(name: String) throws {
    // Other channels than the parameters need, so that the model without a context has a network, too.
    let coding = try coding(name, hyperChannels: 10)
    let (latent, hyper) = (try latent(2), try hyper(2, channels: 10))
    let output = try coding.forward(
      latent, hyper: hyper, quantizer: MixedQuantizer(), noise: SampleNoise(seed: 1, step: 0, indices: [0, 1]))
    try (output.values.squared().sum() - output.likelihoods.logarithm().sum()).backward()
    for (parameter, value) in coding.namedParameters() {
      let found = try value.tensor.gradient()
      let gradient = try #require(found, "\(name): \(parameter) gets none")
      #expect(try gradient.absolute().maximumElement().item() > 0, "\(name): \(parameter)")
    }
  }

  /// Latents smaller than a window, of one row or of one place.
  @Test(arguments: GroupedContexts.names, [[1, 1], [1, 6], [6, 1], [2, 3]]) func anySize(name: String, sides: [Int]) throws {
    let coding = try coding(name)
    let latent = try Tensor.uniform([2, GroupedContexts.channels] + sides, in: -6...6, seed: 4)
    let hyper = try Tensor.uniform([2, 12] + sides, in: -2...2, seed: 5)
    let payloads = try coding.compress(latent, hyper: hyper)
    let decoded = try coding.decompress(payloads, hyper: hyper, height: sides[0], width: sides[1])
    let (values, _) = try coding.forward(latent, hyper: hyper, quantizer: MixedQuantizer(), noise: nil)
    #expect(try decoded.elements() == values.elements())
    let noise = SampleNoise(seed: 1, step: 0, indices: [0, 1])
    let trained = try coding.forward(latent, hyper: hyper, quantizer: StraightThroughQuantizer(), noise: noise)
    #expect(trained.likelihoods.shape == latent.shape)
    #expect(try (values - trained.values).absolute().maximumElement().item() < 1e-4)
  }

  @Test(arguments: GroupedContexts.names) func damagedStreamsAreRefusedOrDecoded(name: String) throws {
    let coding = try coding(name)
    let (latent, hyper) = (try latent(), try hyper())
    let payload = try coding.compress(latent, hyper: hyper)[0][0]
    var refused = 0
    for place in stride(from: 0, to: payload.count, by: 7) {
      var damaged = payload
      damaged[place] ^= 0x5A
      do {
        _ = try coding.decompress([[damaged]], hyper: hyper, height: Self.size.height, width: Self.size.width)
      } catch is EntropyCodingError {
        refused += 1
      }
    }
    #expect(refused > 0)
    #expect(throws: EntropyCodingError.self) {
      _ = try coding.decompress([[Array(payload.dropLast(4))]], hyper: hyper, height: Self.size.height, width: Self.size.width)
    }
  }

  /// After all groups the latent is the decoded one; after fewer their elements are, and the others are expected ones.
  @Test(arguments: GroupedContexts.names, [GroupCoding.Streams.one, .eachGroup])
  func previewsHoldTheGroupsUpToThem(name: String, streams: GroupCoding.Streams) throws {
    guard streams == .one || !GroupedContexts.growing.contains(name) else { return }
    let coding = try coding(name, streams: streams)
    let (latent, hyper) = (try latent(), try hyper())
    let payloads = try coding.compress(latent, hyper: hyper)
    let whole = try coding.decompress(payloads, hyper: hyper, height: Self.size.height, width: Self.size.width).elements()
    let count = coding.groupCount(height: Self.size.height, width: Self.size.width)
    let groups = count <= 16 ? Array(1...count) : [1, count / 3, count]
    let previews = try coding.decompress(
      payloads.map { $0[0] }, hyper: hyper, height: Self.size.height, width: Self.size.width, after: groups)
    #expect(previews.count == groups.count)
    #expect(try previews.last?.elements() == whole)
    let numbers = try coding.context.order(height: Self.size.height, width: Self.size.width)
      .groupNumbers(channels: GroupedContexts.channels, height: Self.size.height, width: Self.size.width)
    // What corrects a slice sees the whole of it, and each slice is one group there.
    for (group, preview) in zip(groups, previews) {
      let elements = try preview.elements()
      #expect(elements.indices.allSatisfy { numbers[$0] >= group || elements[$0] == whole[$0] }, "\(name), \(group)")
    }
    if count > 1 { #expect(try previews[0].elements() != whole) }
  }

  @Test func wrongSizesAreRefused() throws {
    let coding = try coding("checkerboard")
    #expect(throws: LatentModelError.self) { _ = try coding.compress(Tensor.zeros([1, 5, 6, 7]), hyper: hyper()) }
    #expect(throws: LatentModelError.self) { _ = try coding.decompress([], hyper: hyper(), height: 6, width: 7) }
  }
}
