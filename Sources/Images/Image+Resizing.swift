extension Image {
  /// Returns the picture with another number of columns and rows.
  ///
  /// Bicubic interpolation (a = −0.5) that averages where the picture gets smaller, first along the rows, then along the columns, each rounded
  /// to 8 bits; the same arithmetic in whole numbers on every machine.
  ///
  /// - Precondition: `width` and `height` are at least 1.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    precondition(newWidth >= 1 && newHeight >= 1, "a picture has at least one pixel")
    let wide = newWidth == width ? self : resampledRows(to: newWidth)
    return newHeight == height ? wide : wide.resampledColumns(to: newHeight)
  }

  private func resampledRows(to newWidth: Int) -> Image {
    let plan = ResamplingWeights(from: width, to: newWidth)
    let samples = [UInt8](unsafeUninitializedCapacity: newWidth * height * 3) { target, count in
      pixels.withUnsafeBufferPointer { source in
        var written = 0
        for y in 0..<height {
          let row = y * width * 3
          for span in plan.spans {
            var (red, green, blue) = (Self.half, Self.half, Self.half)
            var from = row + span.first * 3
            for index in span.weights {
              let weight = plan.weights[index]
              red &+= weight &* Int32(source[from])
              green &+= weight &* Int32(source[from + 1])
              blue &+= weight &* Int32(source[from + 2])
              from += 3
            }
            target[written] = Self.rounded(red)
            target[written + 1] = Self.rounded(green)
            target[written + 2] = Self.rounded(blue)
            written += 3
          }
        }
        count = written
      }
    }
    return Image(width: newWidth, height: height, pixels: samples)
  }

  private func resampledColumns(to newHeight: Int) -> Image {
    let plan = ResamplingWeights(from: height, to: newHeight)
    let rowLength = width * 3
    let samples = [UInt8](unsafeUninitializedCapacity: rowLength * newHeight) { target, count in
      pixels.withUnsafeBufferPointer { source in
        var sums = [Int32](repeating: 0, count: rowLength)
        var written = 0
        for span in plan.spans {
          for index in 0..<rowLength { sums[index] = Self.half }
          var from = span.first * rowLength
          for index in span.weights {
            let weight = plan.weights[index]
            for column in 0..<rowLength { sums[column] &+= weight &* Int32(source[from + column]) }
            from += rowLength
          }
          for column in 0..<rowLength { target[written + column] = Self.rounded(sums[column]) }
          written += rowLength
        }
        count = written
      }
    }
    return Image(width: width, height: newHeight, pixels: samples)
  }

  private static let half = Int32(1) << (ResamplingWeights.places - 1)

  private static func rounded(_ sum: Int32) -> UInt8 { UInt8(clamping: sum >> ResamplingWeights.places) }
}
