import Testing
import Weights

@testable import Torch

/// A layer with a parameter, a buffer and, if wanted, a layer inside.
final class Scale: Layer {
  let weight: Parameter
  let offset: Buffer
  let inner: Scale?

  init(_ values: [Float], inner: Scale? = nil) throws {
    weight = try Parameter(Tensor(values, shape: [values.count]))
    offset = Buffer(try Tensor([Int32(1)], shape: [1]))
    self.inner = inner
  }

  var members: [Member] {
    [.parameter("weight", weight), .buffer("offset", offset)] + (inner.map { [.module("inner", $0)] } ?? [])
  }

  func forward(_ input: Tensor) throws -> Tensor { try input * weight.tensor }
}

struct ModuleTests {
  @Test func namesAreThoseOfAStateDict() throws {
    let model = try Sequential([Scale([1, 2]), Scale([3, 4], inner: Scale([5]))])
    #expect(model.namedParameters().map(\.name) == ["0.weight", "1.weight", "1.inner.weight"])
    #expect(model.namedBuffers().map(\.name) == ["0.offset", "1.offset", "1.inner.offset"])
    #expect(model.namedParameters(prefix: "g_a.").first?.name == "g_a.0.weight")
    #expect(model.parameterCount == 5)
    #expect(try model.forward(Tensor([Float(1), 10], shape: [2])).detached().elements() == [3, 80])
    #expect(try model.storedState().names == ["0.weight", "1.weight", "1.inner.weight", "0.offset", "1.offset", "1.inner.offset"])
  }

  @Test func parametersRecordGradients() throws {
    #expect(try Scale([1]).weight.tensor.requiresGradient)
  }

  @Test func stateIsStoredAndLoaded() throws {
    let (model, other) = try (Scale([1, 2]), Scale([7, 8]))
    try other.load(model.storedState(), optionalBuffers: false)
    #expect(try other.weight.tensor.detached().elements() == [1, 2])
    #expect(other.weight.tensor.requiresGradient)
    #expect(try other.storedState() == model.storedState())
  }

  @Test func halfPrecisionIsWidenedAndBuffersKeepTheirType() throws {
    let model = try Scale([7, 8])
    try model.load(
      StoredTensors([
        ("weight", StoredTensor([1.5, 2.0], shape: [2]).converted(to: .float16)), ("offset", StoredTensor([3.0], shape: [1])),
      ]))
    #expect(model.weight.tensor.elementType == .float32)
    #expect(try model.weight.tensor.detached().elements() == [1.5, 2])
    #expect(try model.offset.tensor.elements(Int32.self) == [3])
  }

  @Test func buffersTakeTheShapeOfTheFile() throws {
    let model = try Scale([1])
    try model.load(
      StoredTensors([("weight", StoredTensor([5.0], shape: [1])), ("offset", StoredTensor([1, 2, 3, 4] as [Int32], shape: [2, 2]))]))
    #expect(model.offset.tensor.shape == [2, 2])
    #expect(try model.offset.tensor.elements(Int32.self) == [1, 2, 3, 4])
  }

  @Test func buffersMayBeMissingOnlyWhenAskedFor() throws {
    let model = try Scale([1])
    let weights = StoredTensors([("weight", StoredTensor([5.0], shape: [1]))])
    try model.load(weights)
    #expect(try model.offset.tensor.elements(Int32.self) == [1])
    #expect(throws: StateMismatch(missing: ["offset"], unexpected: [], shapes: [])) { try model.load(weights, optionalBuffers: false) }
  }

  @Test func everyDifferenceIsNamedAndNothingIsChanged() throws {
    let model = try Sequential([Scale([1, 2]), Scale([3])])
    let before = try model.storedState()
    let state = StoredTensors([
      ("0.weight", StoredTensor([9.0, 9], shape: [2])), ("0.offset", StoredTensor([9] as [Int32], shape: [1])),
      ("extra", StoredTensor([1.0], shape: [1])), ("1.inner.weight", StoredTensor([1.0], shape: [1])),
    ])
    let error = try #require(throws: StateMismatch.self) { try model.load(state) }
    #expect(error == StateMismatch(missing: ["1.weight"], unexpected: ["extra", "1.inner.weight"], shapes: []))
    #expect(
      "\(error)"
        == "the weights belong to another architecture: it lacks 1.weight; it holds extra, 1.inner.weight, which the model has not; "
        + "check the model's class path and settings")
    #expect(try model.storedState() == before)
  }

  @Test func anotherShapeIsRefused() throws {
    let model = try Sequential([Scale([1, 2])])
    let before = try model.storedState()
    let state = StoredTensors([
      ("0.offset", StoredTensor([9] as [Int32], shape: [1])), ("0.weight", StoredTensor([1.0, 2, 3], shape: [3])),
    ])
    let error = try #require(throws: StateMismatch.self) { try model.load(state) }
    #expect(error.shapes == ["0.weight is [3] in the file and [2] in the model"])
    #expect(try model.storedState() == before)
  }

  @Test func longListsAreCut() {
    let error = StateMismatch(missing: ["a", "b", "c", "d", "e"], unexpected: [], shapes: [])
    #expect("\(error)".contains("it lacks a, b, c and 2 more;"))
  }
}
