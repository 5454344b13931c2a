import Testing

@testable import Weights

@Suite struct StoredTensorsTests {
  private let first = StoredTensor([1, 2] as [Float], shape: [2])
  private let second = StoredTensor([3] as [Int32], shape: [])

  @Test func keepsTheOrderOfInsertion() {
    var tensors = StoredTensors()
    tensors["b"] = first
    tensors["a"] = second
    tensors["b"] = second
    #expect(tensors.names == ["b", "a"])
    #expect(tensors.count == 2)
    #expect(tensors["b"] == second)
    #expect(tensors.sortedByName().names == ["a", "b"])
    tensors["b"] = nil
    #expect(tensors.names == ["a"])
    #expect(tensors["b"] == nil)
    #expect(tensors.map(\.name) == ["a"])
  }

  @Test func convertsFloatingPointOnly() {
    let half = StoredTensors([("w", first), ("n", second)]).converted(to: .float16)
    #expect(half["w"]?.type == .float16)
    #expect(half["n"] == second)
  }

  @Test func hashIgnoresOrderAndMetadata() {
    let tensors = StoredTensors([("a", first), ("b", second)])
    let other = StoredTensors([("b", second), ("a", first)], metadata: ["format": "pt"])
    #expect(tensors.sha256 == other.sha256)
    #expect(tensors.sha256.count == 32)
    #expect(tensors.sha256Hexadecimal.count == 64)
  }

  @Test func hashSeesNamesTypesShapesAndBytes() {
    let variants = [
      StoredTensors(), StoredTensors([("a", first)]), StoredTensors([("b", first)]), StoredTensors([("a", second)]),
      StoredTensors([("a", StoredTensor([1, 2] as [Float], shape: [1, 2]))]),
      StoredTensors([("a", StoredTensor([1, 3] as [Float], shape: [2]))]),
      StoredTensors([("a", StoredTensor(type: .int32, shape: [2], bytes: first.bytes))]), StoredTensors([("a", first), ("b", first)]),
    ]
    #expect(Set(variants.map(\.sha256)).count == variants.count)
  }

  @Test func hashIsFixed() {
    // Containers name this hash: a change would cut them off from their weights. Computed with Python's hashlib from the documented input.
    #expect(StoredTensors().sha256Hexadecimal == "becec2a7e009d59a3837a4a1ee31e373c9115abc0f3bf9fae045b8c7c9964eee")
    #expect(StoredTensors([("a", first)]).sha256Hexadecimal == "afaa43a3b8ae9c060731ba5dc81f5df37698b1ebb2589d5504f2f09350e99004")
  }
}
