import Testing
import Torch

struct CustomFunctionTests {
  private struct Refusal: Error, Equatable, CustomStringConvertible { let description = "the backward refuses" }

  @Test func theBackwardOfTheCallerIsUsed() throws {
    let x = try leaf([1, 2])
    let y = try CustomFunction.apply([x]) {
      [try x.squared()]
    } backward: { gradients in
      // Not the true derivative, so that it can be told apart.
      [try gradients[0].map { try $0 * 100 }]
    }
    #expect(try y[0].detached().elements() == [1, 4])
    try (y[0] * 3).sum().backward()
    #expect(try x.gradient()?.elements() == [300, 300])
  }

  @Test func severalInputsAndOutputs() throws {
    let (x, y) = try (leaf([2]), leaf([3]))
    var seen: [Bool] = []
    let outputs = try CustomFunction.apply([x, y]) {
      [try x * y, try x + y]
    } backward: { gradients in
      seen = gradients.map { $0 != nil }
      let zero = try Tensor.zeros([1])
      let (product, sum) = (gradients[0] ?? zero, gradients[1] ?? zero)
      return try [product * y.detached() + sum, product * x.detached() + sum]
    }
    try (outputs[0] + outputs[1] * 10).sum().backward()
    #expect(try x.gradient()?.elements() == [13])
    #expect(try y.gradient()?.elements() == [12])
    #expect(seen == [true, true])
  }

  @Test func noGradientOnEitherSide() throws {
    let (x, y) = try (leaf([2]), leaf([3]))
    var seen: [Bool] = []
    let outputs = try CustomFunction.apply([x, y]) {
      [try x * y, try x + y]
    } backward: { gradients in
      seen = gradients.map { $0 != nil }
      return [gradients[0], nil]
    }
    try outputs[0].sum().backward()
    #expect(seen == [true, false])
    #expect(try x.gradient()?.elements() == [1])
    #expect(try y.gradient() == nil)
  }

  @Test func anErrorOfTheBackwardReachesTheCaller() throws {
    let x = try leaf([1])
    let y = try CustomFunction.apply([x]) {
      [try x * 2]
    } backward: { _ in
      throw Refusal()
    }
    let error = try #require(throws: TorchError.self) { try y[0].sum().backward() }
    #expect(error == .failed(operation: "backward", message: "the backward refuses"))
    #expect(try x.gradient() == nil)
    // The engine works on afterwards.
    try (x * 5).sum().backward()
    #expect(try x.gradient()?.elements() == [5])
  }

  @Test func aWrongNumberOfGradientsIsAnError() throws {
    let x = try leaf([1])
    let y = try CustomFunction.apply([x]) {
      [try x * 2]
    } backward: { _ in
      []
    }
    let error = try #require(throws: TorchError.self) { try y[0].sum().backward() }
    #expect("\(error)".contains("returned 0 gradients, not 1"))
  }

  @Test func anErrorOfTheForwardReachesTheCaller() throws {
    let x = try leaf([1])
    #expect(throws: Refusal()) {
      try CustomFunction.apply([x]) {
        throw Refusal()
      } backward: {
        $0
      }
    }
  }

  @Test func withoutGradientsThereIsNoBackward() throws {
    let plain = try Tensor([Float(1)], shape: [1])
    let x = try leaf([1])
    let identity: (Tensor) throws -> Tensor = { input in
      try CustomFunction.apply([input]) {
        [try input * 2]
      } backward: {
        $0
      }[0]
    }
    #expect(try !identity(plain).requiresGradient)
    #expect(try identity(x).requiresGradient)
    #expect(try !withoutGradients { try identity(x) }.requiresGradient)
  }

  /// The closure and what it captures are let go with the graph.
  @Test func theClosureIsReleased() throws {
    final class Witness {}
    weak var witness: Witness?
    let x = try leaf([1])
    do {
      let object = Witness()
      witness = object
      let y = try CustomFunction.apply([x]) {
        [try x * 2]
      } backward: { gradients in
        withExtendedLifetime(object) { gradients }
      }
      try y[0].sum().backward()
      #expect(witness != nil)
    }
    #expect(witness == nil)
  }

  private func leaf(_ values: [Float]) throws -> Tensor {
    let tensor = try Tensor(values, shape: [values.count])
    try tensor.setRequiresGradient()
    return tensor
  }
}
