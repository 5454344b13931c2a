#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The three maps of SSIMULACRA 2 between one colour of two pictures; see ``SSIMULACRA2``.
struct OpsinComparison {
  /// The means of the maps similarity, ringing, blurring, then their 4-norms.
  let parts: [Double]

  private typealias Vector = SIMD8<Float>

  /// The sums of a map and of its fourth powers.
  private struct Sums {
    var first = Vector.zero
    var fourth = Vector.zero

    @inline(__always)
    mutating func add(_ value: Vector) {
      first += value
      let square = value * value
      fourth += square * square
    }
  }

  /// Compares a plane of the original with one of the copy, of one size.
  init(_ original: Plane, _ copy: Plane) {
    precondition(original.width == copy.width && original.height == copy.height, "the planes must have one size")
    // Sums of squares are needed only together: four planes to filter are x, y, x² + y² and x·y.
    let planes = [original, copy] + Self.combinations(original, copy)
    let (width, height, stride) = (original.width, original.height, original.stride)
    let room = stride + OpsinWindow.margin
    var means = [Double](repeating: 0, count: 3)
    var powers = means
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * room + stride) { buffer in
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress else { return }
      // Left of each filtered row are zeros, and so is a row outside the plane.
      let (filtered, outside) = (base + OpsinWindow.margin, UnsafePointer(base + 4 * room))
      for row in 0..<height {
        for (index, plane) in planes.enumerated() {
          plane.samples.withUnsafeBufferPointer { samples in
            guard let first = samples.baseAddress else { return }
            OpsinWindow.filterColumns(
              width: width, into: filtered + index * room, { 0..<height ~= row + $0 ? first + (row + $0) * stride : outside })
          }
        }
        let sums = original.samples.withUnsafeBufferPointer { x in
          copy.samples.withUnsafeBufferPointer { y in
            Self.compareRow(
              x.baseAddress.map { $0 + row * stride } ?? outside, y.baseAddress.map { $0 + row * stride } ?? outside,
              UnsafePointer(filtered), room: room, width: width)
          }
        }
        for (index, sum) in [sums.similarity, sums.ringing, sums.blurring].enumerated() {
          means[index] += Double(sum.first.sum())
          powers[index] += Double(sum.fourth.sum())
        }
      }
    }
    let count = Double(width * height)
    parts = means.map { $0 / count } + powers.map { ($0 / count).squareRoot().squareRoot() }
  }

  /// Returns x² + y² and x·y.
  private static func combinations(_ x: Plane, _ y: Plane) -> [Plane] {
    var squares = Plane(width: x.width, height: x.height)
    var products = squares
    squares.samples.withUnsafeMutableBufferPointer { squares in
      products.samples.withUnsafeMutableBufferPointer { products in
        x.samples.withUnsafeBufferPointer { x in
          y.samples.withUnsafeBufferPointer { y in
            for index in x.indices {
              squares[index] = x[index] * x[index] + y[index] * y[index]
              products[index] = x[index] * y[index]
            }
          }
        }
      }
    }
    return [squares, products]
  }

  /// Filters the four rows along themselves and sums the maps over the row.
  private static func compareRow(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ filtered: UnsafePointer<Float>, room: Int, width: Int
  ) -> (similarity: Sums, ringing: Sums, blurring: Sums) {
    let c2 = Vector(repeating: 0.0009)
    let one = Vector(repeating: 1)
    let lanes = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7)
    var sums = (similarity: Sums(), ringing: Sums(), blurring: Sums())
    for column in stride(from: 0, to: width, by: Vector.scalarCount) {
      @inline(__always) func window(_ index: Int) -> Vector { OpsinWindow.filterRow(filtered + index * room + column) }
      let (meanX, meanY) = (window(0), window(1))
      let variances = window(2) - (meanX * meanX + meanY * meanY) + c2
      let product = meanX * meanY
      let covariance = window(3) - product
      let distance = meanX - meanY
      // The same as in the documentation, over one denominator, so that small differences keep their digits.
      var similarity = (variances - (one - distance * distance) * (covariance + covariance + c2)) / variances
      let (edgeX, edgeY) = (magnitude(load(x + column) - meanX), magnitude(load(y + column) - meanY))
      var change = (edgeY - edgeX) / (one + edgeX)
      if column + Vector.scalarCount > width {
        let isOutside = lanes .>= SIMD8<Int32>(repeating: Int32(width - column))
        similarity.replace(with: 0, where: isOutside)
        change.replace(with: 0, where: isOutside)
      }
      sums.similarity.add(positive(similarity))
      sums.ringing.add(positive(change))
      sums.blurring.add(positive(-change))
    }
    return sums
  }

  @inline(__always)
  private static func positive(_ vector: Vector) -> Vector { vector.replacing(with: 0, where: vector .< 0) }

  @inline(__always)
  private static func magnitude(_ vector: Vector) -> Vector {
    unsafeBitCast(unsafeBitCast(vector, to: SIMD8<UInt32>.self) & 0x7fff_ffff, to: Vector.self)
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Vector { UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self) }
}
