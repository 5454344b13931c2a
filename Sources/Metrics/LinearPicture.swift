import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A picture in linear light, three planes of 0 … 1.
struct LinearPicture {
  private let planes: [Plane]
  var width: Int { planes[0].width }
  var height: Int { planes[0].height }

  private init(planes: [Plane]) { self.planes = planes }

  /// The linear light of an 8-bit sRGB sample (IEC 61966-2-1).
  private static let light: [Float] = (0...255).map { sample in
    let value = Double(sample) / 255
    return Float(value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
  }

  /// Takes an 8-bit sRGB picture to linear light.
  init(_ image: Image) {
    let light = Self.light
    planes = (0..<3).map { channel in
      var plane = Plane(width: image.width, height: image.height)
      let stride = plane.stride
      plane.samples.withUnsafeMutableBufferPointer { samples in
        image.pixels.withUnsafeBufferPointer { pixels in
          light.withUnsafeBufferPointer { light in
            for row in 0..<image.height {
              for column in 0..<image.width {
                samples[row * stride + column] = light[Int(pixels[(row * image.width + column) * 3 + channel])]
              }
            }
          }
        }
      }
      return plane
    }
  }

  /// Returns the means of 2×2 samples; where a side is odd, its last samples count twice.
  func halved() -> LinearPicture {
    LinearPicture(
      planes: planes.map { plane in
        var half = Plane(width: (plane.width + 1) / 2, height: (plane.height + 1) / 2)
        let (halfWidth, halfHeight, halfStride) = (half.width, half.height, half.stride)
        half.samples.withUnsafeMutableBufferPointer { output in
          plane.samples.withUnsafeBufferPointer { input in
            for row in 0..<halfHeight {
              let (upper, lower) = (2 * row * plane.stride, min(2 * row + 1, plane.height - 1) * plane.stride)
              for column in 0..<halfWidth {
                let (left, right) = (2 * column, min(2 * column + 1, plane.width - 1))
                let sum = input[upper + left] + input[upper + right] + input[lower + left] + input[lower + right]
                output[row * halfStride + column] = sum / 4
              }
            }
          }
        }
        return half
      })
  }

  /// Returns the planes X, Y, B − Y, moved and scaled to about 0 … 1.
  ///
  /// Light is mixed to the responses of three kinds of cones, a bias is added, and the cube root taken, as in JPEG XL (ISO/IEC 18181-1, XYB).
  func opsin() -> [Plane] {
    var (x, y, b) = (Plane(width: width, height: height), Plane(width: width, height: height), Plane(width: width, height: height))
    let (width, height, stride) = (width, height, x.stride)
    let lanes = Opsin.Vector.scalarCount
    func load(_ samples: UnsafeBufferPointer<Float>, _ place: Int) -> Opsin.Vector {
      UnsafeRawBufferPointer(samples).loadUnaligned(fromByteOffset: place * 4, as: Opsin.Vector.self)
    }
    func store(_ vector: Opsin.Vector, _ count: Int, _ samples: UnsafeMutableBufferPointer<Float>, _ place: Int) {
      if count >= lanes {
        UnsafeMutableRawBufferPointer(samples).storeBytes(of: vector, toByteOffset: place * 4, as: Opsin.Vector.self)
      } else {
        for lane in 0..<count { samples[place + lane] = vector[lane] }
      }
    }
    x.samples.withUnsafeMutableBufferPointer { x in
      y.samples.withUnsafeMutableBufferPointer { y in
        b.samples.withUnsafeMutableBufferPointer { b in
          planes[0].samples.withUnsafeBufferPointer { red in
            planes[1].samples.withUnsafeBufferPointer { green in
              planes[2].samples.withUnsafeBufferPointer { blue in
                for row in 0..<height {
                  for column in Swift.stride(from: 0, to: width, by: lanes) {
                    let place = row * stride + column
                    let colours = Opsin.colours(load(red, place), load(green, place), load(blue, place))
                    store(colours.x, width - column, x, place)
                    store(colours.y, width - column, y, place)
                    store(colours.b, width - column, b, place)
                  }
                }
              }
            }
          }
        }
      }
    }
    return [x, y, b]
  }
}
