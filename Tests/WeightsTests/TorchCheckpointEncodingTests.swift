import Testing

@testable import Weights

/// Checkpoints as this program writes them, read by its own reader; `ExchangeTests` feed them to PyTorch where there is one.
@Suite struct TorchCheckpointEncodingTests {
  private static let tensors: StoredTensors = {
    var tensors = StoredTensors()
    for type in ElementType.allCases {
      let bytes = (0..<6 * type.byteCount).map { UInt8(truncatingIfNeeded: type == .bool ? $0 % 2 : $0 * 7) }
      tensors["layer.\(type)"] = StoredTensor(type: type, shape: [2, 3], bytes: bytes)
    }
    tensors["scalar"] = StoredTensor([2.5] as [Float], shape: [])
    tensors["empty"] = StoredTensor([] as [Int32], shape: [0])
    tensors["emptyRows"] = StoredTensor([] as [Float], shape: [3, 0, 2])
    tensors["größe"] = StoredTensor([1, 2] as [Float], shape: [1, 2, 1])
    return tensors
  }()

  @Test func whatIsWrittenIsRead() throws {
    let bytes = try TorchCheckpoint.encode(Self.tensors, name: "c.pth")
    #expect(try TorchCheckpoint.decode(bytes, name: "c.pth") == Self.tensors)
    #expect(try TorchCheckpoint.encode(Self.tensors, name: "d.pth") == bytes)
  }

  @Test func nothingIsAStateDictionaryToo() throws {
    let bytes = try TorchCheckpoint.encode(StoredTensors(), name: "c.pth")
    #expect(problem { try TorchCheckpoint.decode(bytes, name: "c.pth") } == .noTensors(keys: []))
  }

  @Test(arguments: ["bmshj2018-factorized", "bmshj2018-hyperprior"])
  func modelsOfCompressAIComeBack(model: String) throws {
    let tensors = try TorchCheckpoint.read(Fixture.path("compressai/\(model)/checkpoint.pth"))
    #expect(try TorchCheckpoint.decode(TorchCheckpoint.encode(tensors, name: "c.pth"), name: "c.pth") == tensors)
  }

  /// PyTorch maps storages into memory, which wants them to begin at multiples of 64 bytes.
  @Test func contentsAreAligned() throws {
    var zip = ZipWriter(capacity: 0)
    let marks: [[UInt8]] = [[0xf1, 0xf2, 0xf3, 0xf4], [0xe1, 0xe2, 0xe3, 0xe4, 0xe5]]
    zip.add("a/first", marks[0])
    zip.add("a/a longer name", marks[1])
    let bytes = try zip.archive()
    for mark in marks {
      let place = try #require(bytes.indices.first { bytes[$0...].starts(with: mark) })
      #expect(place % 64 == 0)
    }
    let archive = try ZipArchive(bytes)
    #expect(Set(archive.names) == ["a/first", "a/a longer name"])
    #expect(try archive.contents(of: "a/a longer name").elementsEqual(marks[1]))
  }

  @Test func theErrorOfAHugeFileSaysThatItIsNotWritten() {
    let error = WeightsError(file: "c.pth", problem: .archiveTooLarge(bytes: 5_000_000_000, limit: ZipWriter.largestSize))
    #expect(error.description.hasPrefix("cannot write the weights 'c.pth': it would have 5000000000 bytes"))
  }
}
