import Codecs
import Images
import Layers
import Models
import Testing
import Torch

@testable import Measuring

@Suite struct LearnedSubjectTests {
  private func subject() throws -> LearnedSubject {
    let model = try FactorizedPrior(
      channels: 4, expansionChannels: 6,
      nonlinearity: { channels, inverse in try GeneralizedDivisiveNormalization(channels: channels, inverse: inverse) },
      seeds: SeedSequence(1))
    try model.updateTables()
    return try LearnedSubject(
      model: model, codec: LearnedCodec(model: model, identity: "tiny"), device: .cpu, weights: "random, seed 1")
  }

  private func cell(_ what: MeasuringTarget, batch: Int = 1) -> MeasuringCell {
    MeasuringCell(what: what, width: 48, height: 32, batchSize: batch, pictures: .random(seed: 2), threads: 1)
  }

  @Test func theNetworksAloneAreTimed() throws {
    let subject = try subject()
    let facts = try subject.prepare(cell(.transform))
    // The first layer of g_a: 4 × 3 × 5 × 5 for each of 24×16 places, and GDN's 4 × 4; the rest is smaller.
    #expect((facts.encodingMultiplyAccumulates ?? 0) > 24 * 16 * (300 + 16) && (facts.memoryBeforeBytes ?? 1) > 0)
    let repetition = try subject.measure(round: 0)
    #expect(repetition.encoding > 0 && repetition.decoding > 0 && repetition.payloadBits == nil && repetition.encodingStages.isEmpty)
  }

  @Test func multiplyAccumulatesGrowWithTheBatch() throws {
    let subject = try subject()
    let (one, two) = (try subject.prepare(cell(.transform)), try subject.prepare(cell(.transform, batch: 2)))
    #expect(two.encodingMultiplyAccumulates == one.encodingMultiplyAccumulates.map { $0 * 2 })
    #expect(two.decodingMultiplyAccumulates == one.decodingMultiplyAccumulates.map { $0 * 2 })
  }

  @Test func stagesAreToldInTheOrderOfTheWork() throws {
    let subject = try subject()
    _ = try subject.prepare(cell(.stages, batch: 2))
    let repetition = try subject.measure(round: 0)
    #expect(repetition.encodingStages.map(\.stage) == ["conversion", "analysis", "entropy_coding"])
    #expect(repetition.decodingStages.map(\.stage) == ["entropy_coding", "synthesis", "conversion"])
    // Stages lie within the whole.
    #expect(repetition.encodingStages.reduce(0) { $0 + $1.seconds } <= repetition.encoding)
    #expect(repetition.decodingStages.reduce(0) { $0 + $1.seconds } <= repetition.decoding)
    #expect((repetition.payloadBits ?? 0) > 0)
    _ = try subject.prepare(cell(.codec))
    #expect(try subject.measure(round: 0).encodingStages.isEmpty)
  }

  @Test func theSamePicturesInTheSameRound() throws {
    let (one, other) = (try CellPictures(cell(.codec, batch: 2)), try CellPictures(cell(.codec, batch: 2)))
    #expect(one.batch(round: 5) == other.batch(round: 5))
    let batch = one.batch(round: 0)
    #expect(batch[0] != batch[1] && batch.allSatisfy { $0.width == 48 && $0.height == 32 })
  }
}
