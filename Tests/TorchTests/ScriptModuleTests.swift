import Foundation
import Testing
import Weights

@testable import Torch

/// Programs of TorchScript; the numbers are PyTorch's (see the README beside the files).
@Suite(.serialized) struct ScriptModuleTests {
  struct Expected: Decodable {
    let latent: [Float]
    let decoded: [Float]
    let loss: Double
    let gradients: [String: [Float]]
    let latentInTraining: [Float]
    let meanAfterTraining: [Float]
  }

  static let folder =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/torchscript"

  static func expected() throws -> Expected {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Expected.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/expected.json")))
  }

  static func script(_ name: String) throws -> ScriptModule { try ScriptModule(TorchScriptFile("\(folder)/\(name)").bytes) }

  static func input() throws -> Tensor {
    try Tensor((0..<3 * 16 * 32).map { Float($0 % 97) / 97 }, shape: [1, 3, 16, 32])
  }

  private func isClose(_ left: [Float], _ right: [Float], _ tolerance: Float = 1e-5) -> Bool {
    left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test(arguments: ["encoder.pt", "encoder-traced.pt"])
  func anEncoderComputesWhatPyTorchDoes(file: String) throws {
    let encoder = try Self.script(file)
    let first = try encoder.forward(Self.input()).detached()
    #expect(first.shape == [1, 6, 1, 2])
    #expect(try isClose(first.elements(), Self.expected().latent))
    // libtorch would optimise the graph after the first calls.
    for _ in 0..<4 { #expect(try encoder.forward(Self.input()).detached().elements() == first.elements()) }
  }

  @Test func gradientsReachTheWeights() throws {
    let (encoder, decoder) = (try Self.script("encoder.pt"), try Self.script("decoder.pt"))
    let expected = try Self.expected()
    let latent = try encoder.forward(Self.input())
    let decoded = try decoder.forward(latent.rounded())
    #expect(try isClose(Array(decoded.detached().elements().prefix(16)), expected.decoded))
    let loss = try decoded.squared().mean() + latent.squared().mean()
    #expect(abs(try loss.item() - expected.loss) < 1e-5)
    try loss.backward()
    let parameters = Dictionary(
      uniqueKeysWithValues: (encoder.namedParameters() + decoder.namedParameters()).map { ($0.name, $0.parameter) })
    for (name, values) in expected.gradients {
      let gradient = try #require(try parameters[name]?.tensor.gradient(), "\(name)")
      #expect(isClose(try gradient.elements(), values), "\(name)")
    }
  }

  @Test func theStateIsThatOfTheProgram() throws {
    let encoder = try Self.script("encoder.pt")
    let names = try encoder.storedState().names
    #expect(names.contains("downsample.0.weight") && names.contains("norm.running_mean") && names.contains("norm.num_batches_tracked"))
    // A weight with two names is trained once.
    let decoder = try Self.script("decoder.pt")
    #expect(decoder.namedParameters().map(\.name).filter { $0.hasSuffix("weight") } == ["first.weight", "middle.weight", "last.weight"])
  }

  /// Loading writes into the tensors that the program computes with, buffers included.
  @Test func loadedWeightsCount() throws {
    let (one, other) = (try Self.script("encoder.pt"), try Self.script("partly-frozen.pt"))
    let input = try Self.input()
    #expect(try one.forward(input).detached().elements() != other.forward(input).detached().elements())
    try other.load(one.storedState(), optionalBuffers: false)
    #expect(try one.forward(input).detached().elements() == other.forward(input).detached().elements())
    #expect(try other.storedState() == one.storedState())
  }

  @Test func buffersKeepTheirShape() throws {
    let encoder = try Self.script("encoder.pt")
    var state = try encoder.storedState()
    state["norm.running_mean"] = StoredTensor([1] as [Float], shape: [1])
    let mismatch = #expect(throws: StateMismatch.self) { try encoder.load(state) }
    #expect(mismatch?.shapes == ["norm.running_mean is [1] in the file and [4] in the model"])
  }

  @Test func frozenWeightsStayFrozen() throws {
    let module = try Self.script("partly-frozen.pt")
    let frozen = module.namedParameters().filter { !$0.parameter.isTrained }.map(\.name)
    #expect(frozen == ["downsample.0.weight", "downsample.0.bias", "downsample.2.weight", "downsample.2.bias"])
    #expect(module.parameterCount > module.trainedParameterCount && module.trainedParameterCount > 0)
    try module.forward(Self.input()).squared().mean().backward()
    for (name, parameter) in module.namedParameters() {
      #expect(try (parameter.tensor.gradient() == nil) == frozen.contains(name), "\(name)")
    }
  }

  /// Batch normalization takes the statistics of the batch in training, and remembers them.
  @Test func trainingModeIsPassedOn() throws {
    let encoder = try Self.script("encoder.pt")
    let expected = try Self.expected()
    let chain = Sequential([encoder])
    let latent = try chain.inTraining { try chain.forward(Self.input()) }
    #expect(try isClose(latent.detached().elements(), expected.latentInTraining))
    let state = try encoder.storedState()
    #expect(try isClose(Tensor(#require(state["norm.running_mean"])).elements(), expected.meanAfterTraining))
    // Afterwards it is in use again: two calls leave the statistics alone.
    _ = try chain.forward(Self.input())
    #expect(try encoder.storedState() == state)
    struct Stop: Error {}
    #expect(throws: Stop.self) { try chain.inTraining { throw Stop() } }
    _ = try chain.forward(Self.input())
    #expect(try encoder.storedState() == state)
  }

  @Test(arguments: [
    ("two-outputs.pt", "forward: it returns Tuple[Tensor, Tensor], not one tensor"),
    ("two-inputs.pt", "forward: forward() is missing value for argument 'y'"),
    ("hyper-analysis.pt", "to have 6 channels, but got 3 channels instead"),
  ])
  func whatAProgramRefusesIsSaid(file: String, words: String) throws {
    let module = try Self.script(file)
    let error = #expect(throws: TorchError.self) { try module.forward(Self.input()) }
    #expect(error?.description.contains(words) == true && error?.description.contains("\n") == false, "\(String(describing: error))")
  }

  @Test func cutFilesAreRefused() throws {
    let bytes = try TorchScriptFile("\(Self.folder)/hyper-analysis.pt").bytes
    for length in stride(from: 0, to: bytes.count, by: 1999) {
      #expect(throws: TorchError.self) { try ScriptModule(Array(bytes.prefix(length))) }
    }
  }

  /// A damaged file gives a module or an error, never a trap; which of the two is libtorch's affair, as it passes over checksums
  /// (`TorchScriptFile` looks at those).
  @Test func damageIsNoTrap() throws {
    let bytes = try TorchScriptFile("\(Self.folder)/hyper-analysis.pt").bytes
    for place in stride(from: 40, to: bytes.count, by: 997) {
      var changed = bytes
      changed[place] ^= 0x55
      do {
        _ = try ScriptModule(changed)
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
