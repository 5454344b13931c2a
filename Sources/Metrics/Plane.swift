import Images

/// One colour of a picture as 32-bit samples.
///
/// Each row has room for some samples more than it holds, so that whole vectors can be read at its end; those samples are 0.
struct Plane {
  let width: Int
  let height: Int
  let stride: Int
  var samples: [Float]

  /// Creates a plane of zeros.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    stride = Self.stride(width: width)
    samples = [Float](repeating: 0, count: stride * height)
  }

  /// Copies one colour (0 red, 1 green, 2 blue) of a picture.
  init(_ image: Image, channel: Int) {
    self.init(width: image.width, height: image.height)
    let (width, height, stride) = (width, height, stride)
    samples.withUnsafeMutableBufferPointer { samples in
      image.pixels.withUnsafeBufferPointer { pixels in
        for row in 0..<height {
          for column in 0..<width { samples[row * stride + column] = Float(pixels[(row * width + column) * 3 + channel]) }
        }
      }
    }
  }

  /// The room for a row: whole vectors, and one more for a window that begins in the last.
  static func stride(width: Int) -> Int { (width + 7) / 8 * 8 + 16 }

  /// Returns the means of 2×2 samples; where a side is odd, a border of zeros is added before the first and counts.
  func halved() -> Plane {
    let (left, top) = (width % 2, height % 2)
    var half = Plane(width: (width + left) / 2, height: (height + top) / 2)
    let (halfWidth, halfHeight, halfStride) = (half.width, half.height, half.stride)
    half.samples.withUnsafeMutableBufferPointer { output in
      samples.withUnsafeBufferPointer { input in
        for row in 0..<halfHeight {
          for column in 0..<halfWidth {
            let (x, y) = (2 * column - left, 2 * row - top)
            func sample(_ x: Int, _ y: Int) -> Float { x < 0 || y < 0 ? 0 : input[y * stride + x] }
            output[row * halfStride + column] = (sample(x, y) + sample(x + 1, y) + sample(x, y + 1) + sample(x + 1, y + 1)) / 4
          }
        }
      }
    }
    return half
  }
}
