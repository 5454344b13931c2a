import Testing
import Torch

struct TensorPicturesTests {
  @Test(arguments: [MemoryFormat.contiguous, .channelsLast])
  func interleavedSamplesBecomePlanes(format: MemoryFormat) throws {
    // Two pictures of 1×2 pixels: R, G, B, R, G, B.
    let samples: [UInt8] = [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]
    let pictures = try Tensor.pictures(interleaved: samples, count: 2, height: 1, width: 2, format: format)
    #expect(pictures.shape == [2, 3, 1, 2])
    #expect(format == .contiguous ? pictures.isContiguous : pictures.isChannelsLast)
    let expected: [Float] = [0, 153, 51, 204, 102, 255, 1, 4, 2, 5, 3, 6].map { $0 / 255 }
    #expect(try pictures.elements() == expected)
    #expect(try pictures.interleavedSamples() == samples)
  }

  @Test func everySampleComesBack() throws {
    let samples = (0..<256).flatMap { [UInt8($0), UInt8(255 - $0), UInt8($0)] }
    let pictures = try Tensor.pictures(interleaved: samples, count: 1, height: 16, width: 16)
    #expect(try pictures.interleavedSamples() == samples)
  }

  @Test func samplesAreClampedAndHalvesRoundedToEven() throws {
    // 127.5 is exactly 0.5 · 255; the others are the nearest 32-bit numbers.
    let values: [Float] = [-0.1, 1.1, 0.5, 0, 1, 126.4 / 255, 126.6 / 255, 0.5, .infinity, -.infinity, 254.6 / 255, 0.4 / 255]
    let pictures = try Tensor(values, shape: [1, 3, 2, 2])
    let expected: [UInt8] = [0, 255, 128, 0, 255, 126, 127, 128, 255, 0, 255, 0]
    let planes = (0..<3).map { plane in Array(expected[plane * 4..<plane * 4 + 4]) }
    let interleaved = (0..<4).flatMap { pixel in planes.map { $0[pixel] } }
    #expect(try pictures.interleavedSamples() == interleaved)
    // 2.5 / 255 · 255 is exactly 2.5 in 32 bits and goes down, to the even number.
    #expect(Float(2.5) / 255 * 255 == 2.5)
    #expect(try Tensor.full([1, 3, 1, 1], 2.5 / 255).interleavedSamples() == [2, 2, 2])
  }

  @Test func aWrongNumberOfSamplesThrows() {
    #expect(throws: TorchError.self) { try Tensor.pictures(interleaved: [0, 0], count: 1, height: 1, width: 1) }
  }
}
