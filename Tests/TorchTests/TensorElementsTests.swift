import Testing
import Torch
import Weights

/// Data into tensors and out of them.
struct TensorElementsTests {
  @Test func everySwiftTypeGoesInAndComesOut() throws {
    #expect(try Tensor([Float(-1.5), .greatestFiniteMagnitude], shape: [2]).elements(Float.self) == [-1.5, .greatestFiniteMagnitude])
    #expect(try Tensor([-1.5, 1e300], shape: [2]).elements(Double.self) == [-1.5, 1e300])
    #expect(try Tensor([Int64.min, .max], shape: [2]).elements(Int64.self) == [.min, .max])
    #expect(try Tensor([Int32.min, .max], shape: [2]).elements(Int32.self) == [.min, .max])
    #expect(try Tensor([UInt8(0), 255], shape: [2]).elements(UInt8.self) == [0, 255])
  }

  @Test(arguments: ElementType.allCases)
  func everyElementTypeIsStoredAndReadBack(type: ElementType) throws {
    let numbers: [Float] = type == .uint8 || type == .bool ? [0, 1, 1, 0] : [-2, 0, 1, 100]
    let tensor = try Tensor(numbers, shape: [2, 2]).to(type)
    #expect(tensor.elementType == type)
    let stored = try tensor.stored()
    #expect(stored.type == type && stored.shape == [2, 2] && stored.bytes.count == 4 * type.byteCount)
    let back = try Tensor(stored)
    #expect(back.elementType == type)
    #expect(try back.to(.float32).elements() == numbers)
    #expect(try back.stored() == stored)
  }

  @Test(arguments: [ElementType.float32, .int64])
  func createdTensorsHaveTheTypeAskedFor(type: ElementType) throws {
    #expect(try Tensor.zeros([2], type: type).elementType == type)
    #expect(try Tensor.full([2], 3, type: type).to(.float64).elements(Double.self) == [3, 3])
    #expect(try Tensor.range(3, type: type).to(.float64).elements(Double.self) == [0, 1, 2])
    #expect(try Tensor.empty([2, 0], type: type).count == 0)
    #expect(try Tensor.full([3], 1, type: type).zerosLike().to(.float64).elements(Double.self) == [0, 0, 0])
  }

  @Test func aTensorWithoutElements() throws {
    let tensor = try Tensor([Float](), shape: [0, 3])
    #expect(try tensor.elements().isEmpty)
    #expect(try Tensor(tensor.stored()).shape == [0, 3])
  }

  @Test func aScalarHasOneElement() throws {
    let scalar = try Tensor(scalar: Int32(7))
    #expect(scalar.shape.isEmpty)
    #expect(try scalar.item() == 7)
    #expect(throws: TorchError.shape(operation: "item", expected: "of one element", found: [2])) { try Tensor.zeros([2]).item() }
  }

  @Test func theNumberOfElementsMustBeThatOfTheShape() {
    #expect(throws: TorchError.self) { try Tensor([Float(1), 2, 3], shape: [2]) }
  }

  @Test func elementsOfAnotherTypeAreRefused() throws {
    #expect(throws: TorchError.elementType(expected: "float32", found: "int64")) { try Tensor.zeros([1], type: .int64).elements() }
  }

  @Test func memoryIsFilledInPlace() throws {
    let tensor = try Tensor.make(UInt8.self, shape: [2, 3]) { memory in
      for index in memory.indices { memory[index] = UInt8(index) }
    }
    #expect(try tensor.elements(UInt8.self) == [0, 1, 2, 3, 4, 5])
    struct Refusal: Error, Equatable {}
    #expect(throws: Refusal()) { try Tensor.make(Float.self, shape: [1]) { _ in throw Refusal() } }
  }
}
