import Testing
import Torch

struct AutogradTests {
  @Test func backwardAccumulatesInTheLeaves() throws {
    let x = try leaf([1, 2, 3])
    #expect(x.requiresGradient)
    #expect(try x.gradient() == nil)
    try x.squared().sum().backward()
    #expect(try x.gradient()?.elements() == [2, 4, 6])
    try x.squared().sum().backward()
    #expect(try x.gradient()?.elements() == [4, 8, 12])
    try x.setGradient(nil)
    #expect(try x.gradient() == nil)
    try x.setGradient(Tensor([Float(1), 1, 1], shape: [3]))
    #expect(try x.gradient()?.elements() == [1, 1, 1])
  }

  @Test func gradientsWithRespectToChosenInputs() throws {
    let (x, y, z) = try (leaf([1, 2]), leaf([3, 4]), leaf([5, 6]))
    let found = try (x * y).sum().gradients(of: [y, z, x])
    #expect(try found.map { try $0?.elements() } == [[1, 2], nil, [3, 4]])
    #expect(try x.gradient() == nil)
  }

  @Test func anOutputGradientIsTakenForAnOutputOfManyElements() throws {
    let x = try leaf([1, 2])
    let found = try x.squared().gradients(of: [x], outputGradient: Tensor([Float(10), 1], shape: [2]))
    #expect(try found[0]?.elements() == [20, 4])
    #expect(throws: TorchError.self) { try x.squared().gradients(of: [x]) }
  }

  @Test func aGraphIsKeptOrLeft() throws {
    let x = try leaf([2])
    let kept = try x.squared().sum()
    try kept.backward(retainingGraph: true)
    try kept.backward()
    #expect(throws: TorchError.self) { try kept.backward() }
  }

  @Test func secondDerivatives() throws {
    let x = try leaf([2])
    let first = try #require(try x.power(3).sum().gradients(of: [x], creatingGraph: true)[0])
    #expect(try first.elements() == [12])
    #expect(try first.sum().gradients(of: [x])[0]?.elements() == [12])
  }

  @Test func nothingIsRecordedWithoutGradients() throws {
    let x = try leaf([1])
    let outside = try x * 2
    let inside = try withoutGradients { try x * 2 }
    let again = try withoutGradients { try withGradients { try x * 2 } }
    #expect(outside.requiresGradient && !inside.requiresGradient && again.requiresGradient)
    #expect(try !outside.detached().requiresGradient)
    #expect(throws: TorchError.self) { try inside.sum().backward() }
  }

  @Test func theModeComesBackAfterAnError() throws {
    struct Refusal: Error, Equatable {}
    let x = try leaf([1])
    #expect(throws: Refusal()) { try withoutGradients { throw Refusal() } }
    #expect(try (x * 2).requiresGradient)
  }

  @Test func parametersCanBeOverwrittenOnlyWithoutGradients() throws {
    let x = try leaf([1])
    #expect(throws: TorchError.self) { try x.assign(Tensor(scalar: Float(2))) }
    try withoutGradients { try x.assign(Tensor(scalar: Float(2))) }
    #expect(try x.detached().elements() == [2])
  }

  /// A tensor must keep alive what it needs and nothing else; run under a leak checker or watched by memory, this loop stays small.
  @Test func manyTemporariesLiveAndDie() throws {
    let x = try leaf([Float](repeating: 0.5, count: 4096))
    var total = 0.0
    for index in 0..<2000 {
      let y = try (x * Double(index) + 1).squared().mean()
      if index % 100 == 0 { total += try y.item() }
      if index % 500 == 0 { try y.backward() }
    }
    #expect(total > 0)
    #expect(try x.gradient()?.isFinite() == true)
  }

  private func leaf(_ values: [Float]) throws -> Tensor {
    let tensor = try Tensor(values, shape: [values.count])
    try tensor.setRequiresGradient()
    return tensor
  }
}
