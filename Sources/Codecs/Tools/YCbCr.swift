import Images

/// Y′CbCr 4:4:4 of full range with 8 to 16 bits, as planes of samples.
///
/// Y′ = Kr·R + Kg·G + Kb·B, Cb = (B − Y′) / (2·(1 − Kb)), Cr = (R − Y′) / (2·(1 − Kr)); all values are rounded to the nearest sample in both
/// directions, never cut.
public struct YCbCr: Sendable, Equatable {
  /// The weights of red, green and blue in the luma.
  public enum Matrix: String, Sendable, Codable, CaseIterable {
    /// ITU-R BT.601: 0.299, 0.587, 0.114.
    case bt601
    /// ITU-R BT.709: 0.2126, 0.7152, 0.0722.
    case bt709

    var red: Double { self == .bt601 ? 0.299 : 0.2126 }
    var blue: Double { self == .bt601 ? 0.114 : 0.0722 }
  }

  /// The weights.
  public let matrix: Matrix
  /// The bits of a sample, 8 to 16.
  public let bits: Int

  /// Creates a colour space.
  public init(_ matrix: Matrix, bits: Int) {
    precondition(8...16 ~= bits, "samples have 8 to 16 bits")
    (self.matrix, self.bits) = (matrix, bits)
  }

  private var largest: Double { Double((1 << bits) - 1) }
  private var middle: Double { Double(1 << (bits - 1)) }
  private var bytesPerSample: Int { bits > 8 ? 2 : 1 }

  /// Returns the planes Y′, Cb and Cr one after the other.
  func planes(of image: Image) -> [UInt8] {
    let count = image.width * image.height
    let (red, blue) = (matrix.red, matrix.blue)
    let (size, largest, middle) = (bytesPerSample, largest, middle)
    return [UInt8](unsafeUninitializedCapacity: 3 * count * size) { buffer, filled in
      func store(_ value: Double, _ plane: Int, _ index: Int) {
        let sample = UInt16(min(max(value.rounded(), 0), largest))
        let place = (plane * count + index) * size
        buffer[place] = UInt8(truncatingIfNeeded: sample)
        if size == 2 { buffer[place + 1] = UInt8(sample >> 8) }
      }
      image.pixels.withUnsafeBufferPointer { pixels in
        for index in 0..<count {
          let r = Double(pixels[3 * index]) / 255
          let g = Double(pixels[3 * index + 1]) / 255
          let b = Double(pixels[3 * index + 2]) / 255
          let luma = red * r + (1 - red - blue) * g + blue * b
          store(luma * largest, 0, index)
          store((b - luma) / (2 * (1 - blue)) * largest + middle, 1, index)
          store((r - luma) / (2 * (1 - red)) * largest + middle, 2, index)
        }
      }
      filled = 3 * count * size
    }
  }

  /// Returns the picture of planes; what follows them is passed over.
  ///
  /// - Throws: ``ToolCodecError/video(reason:)`` when there are too few bytes.
  func image(_ bytes: ArraySlice<UInt8>, width: Int, height: Int) throws(ToolCodecError) -> Image {
    let (count, isLarge) = width.multipliedReportingOverflow(by: height)
    guard !isLarge, width > 0, height > 0, count <= ImageFile.pixelLimit, bytes.count >= 3 * count * bytesPerSample else {
      throw .video(reason: "\(bytes.count) bytes are too few for \(width)×\(height) pixels of \(bits) bits")
    }
    let (red, blue) = (matrix.red, matrix.blue)
    let (size, largest, middle) = (bytesPerSample, largest, middle)
    let pixels = bytes.withUnsafeBufferPointer { buffer in
      func sample(_ plane: Int, _ index: Int) -> Double {
        let place = (plane * count + index) * size
        return Double(size == 2 ? UInt16(buffer[place]) | UInt16(buffer[place + 1]) << 8 : UInt16(buffer[place]))
      }
      func byte(_ value: Double) -> UInt8 { UInt8(min(max((value * 255).rounded(), 0), 255)) }
      return [UInt8](unsafeUninitializedCapacity: 3 * count) { result, filled in
        for index in 0..<count {
          let luma = sample(0, index) / largest
          let b = luma + 2 * (1 - blue) * (sample(1, index) - middle) / largest
          let r = luma + 2 * (1 - red) * (sample(2, index) - middle) / largest
          let g = (luma - red * r - blue * b) / (1 - red - blue)
          (result[3 * index], result[3 * index + 1], result[3 * index + 2]) = (byte(r), byte(g), byte(b))
        }
        filled = 3 * count
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
