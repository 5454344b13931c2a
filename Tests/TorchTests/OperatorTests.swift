import Testing
import Torch

/// Calls through the generic door.
struct OperatorTests {
  @Test func missingTrailingArgumentsTakeTheDefaultsOfTheSchema() throws {
    // aten::add(Tensor self, Tensor other, *, Scalar alpha=1)
    let add = Operator("aten::add", "Tensor")
    let (one, two) = try (Tensor([Float(1), 2], shape: [2]), Tensor([Float(10), 20], shape: [2]))
    #expect(try add(one, two).elements() == [11, 22])
    #expect(try add(one, two, 3).elements() == [31, 62])
    #expect(try add(one, two, 0.5).elements() == [6, 12])
  }

  @Test func aMissingArgumentWithoutADefaultIsNamed() throws {
    let add = Operator("aten::add", "Tensor")
    let message = try failure { try add(Tensor(scalar: Float(1))) }
    #expect(message.contains("add") && message.contains("'other'"), "\(message)")
  }

  @Test func tooManyArgumentsAreRefused() throws {
    let absolute = Operator("aten::abs")
    let message = try failure { try absolute(Tensor(scalar: Float(1)), 1, 2) }
    #expect(message.contains("takes 1 arguments, not 3"), "\(message)")
  }

  @Test func shapesThatDoNotFitThrowTheWordsOfLibtorch() throws {
    let message = try failure { try Tensor.zeros([2, 3]) + Tensor.zeros([4]) }
    #expect(message.contains("The size of tensor a (3) must match the size of tensor b (4)"), "\(message)")
    #expect(!message.contains("\n"))
  }

  @Test func argumentsOfAnotherTypeThrow() throws {
    let add = Operator("aten::add", "Tensor")
    #expect(throws: TorchError.self) { try add("one", "two") }
    let stack = Operator("aten::stack")
    #expect(throws: TorchError.self) { try stack(Tensor.zeros([1]), 0) }
  }

  @Test(arguments: [("aten::no_such_operator", ""), ("aten::add", "NoSuchOverload"), ("", "")])
  func anUnknownOperatorThrowsAtTheCallAndNotBefore(name: String, overload: String) throws {
    let unknown = Operator(name, overload)
    let message = try failure { try unknown(Tensor.zeros([1])) }
    #expect(message.contains(name))
    #expect(throws: TorchError.self) { try unknown(Tensor.zeros([1])) }
  }

  @Test func listsOfTensorsGoInAndComeOutFlat() throws {
    let split = Operator("aten::split", "Tensor")
    let parts = try split.values(Tensor.range(5), 2).compactMap(\.tensor)
    #expect(try parts.map { try $0.elements() } == [[0, 1], [2, 3], [4]])
    #expect(try Tensor.concatenated(parts.reversed()).elements() == [4, 2, 3, 0, 1])
    #expect(try Tensor.stacked(Array(parts.prefix(2))).shape == [2, 2])
  }

  @Test func plainValuesComeBack() throws {
    let equal = Operator("aten::equal")
    let (one, two) = try (Tensor(scalar: Float(1)), Tensor(scalar: Float(2)))
    #expect(try isTrue(equal.values(one, one)) == true)
    #expect(try isTrue(equal.values(one, two)) == false)
    // An operator that returns no tensor cannot be called as one that does.
    #expect(try failure { try equal(one, one) }.contains("returned no tensor"))
  }

  @Test func anOptionalArgumentCanBeNone() throws {
    let input = try Tensor([Float(-2), 0, 2], shape: [3])
    #expect(try input.clamped(from: -1).elements() == [-1, 0, 2])
    #expect(try input.clamped(from: nil, to: 1).elements() == [-2, 0, 1])
    #expect(throws: TorchError.self) { try input.clamped(from: nil, to: nil) }
  }

  private func isTrue(_ values: [TorchValue]) -> Bool? {
    if case .bool(let value)? = values.first { value } else { nil }
  }
}

/// The sentence of the error that `body` throws.
func failure(_ body: () throws -> Tensor) throws -> String {
  "\(try #require(throws: TorchError.self) { _ = try body() })"
}
