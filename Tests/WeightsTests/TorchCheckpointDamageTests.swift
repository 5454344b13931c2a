import Testing

@testable import Weights

@Suite struct TorchCheckpointDamageTests {
  @Test func cutCheckpointsAreRefused() throws {
    let bytes = try Fixture.bytes("compressai/bmshj2018-factorized/checkpoint.pth")
    for count in stride(from: 0, to: bytes.count, by: 1997) {
      #expect(problem { try WeightsFile.decode([UInt8](bytes.prefix(count)), name: "cut") } != nil)
    }
  }

  @Test(arguments: ["training.pth.tar", "legacy-training.pth.tar", "legacy-views.pth", "protocol-4.pth"])
  func smallCutCheckpointsAreRefused(file: String) throws {
    let bytes = try Fixture.bytes("checkpoints/\(file)")
    for count in stride(from: 0, to: bytes.count, by: 3) {
      #expect(problem { try WeightsFile.decode([UInt8](bytes.prefix(count)), name: "cut") } != nil)
    }
  }

  /// Without the checksums, as a hostile file would have right ones.
  @Test(arguments: ["training.pth.tar", "legacy-training.pth.tar", "views.pth", "legacy-views.pth", "protocol-4.pth"])
  func mutatedCheckpointsNeverTrap(file: String) throws {
    let bytes = try Fixture.bytes("checkpoints/\(file)")
    withMutations(of: bytes, count: 1000) { _ = try? TorchCheckpoint.decode($0, checksAreMade: false) }
    withMutations(of: bytes, count: 1000, within: 0..<min(bytes.count, 1200)) { _ = try? TorchCheckpoint.decode($0, checksAreMade: false) }
  }

  @Test func mutationsOfDataAreNoticed() throws {
    let bytes = try Fixture.bytes("checkpoints/plain.pth")
    let whole = try TorchCheckpoint.decode(bytes, name: "plain")
    withMutations(of: bytes, count: 300) { mutated in
      guard let tensors = try? TorchCheckpoint.decode(mutated, name: "mutated") else { return }
      #expect(tensors == whole)
    }
  }
}
