/// SSIM and its contrast term between two planes, each the mean over all places of the window; see ``SSIM``.
struct StructuralSimilarity {
  let mean: Double
  let contrast: Double

  private typealias Vector = SIMD8<Float>

  /// Compares two planes of one size, both sides at least as long as the window.
  init(_ x: Plane, _ y: Plane) {
    precondition(x.width == y.width && x.height == y.height, "the planes must have one size")
    precondition(min(x.width, x.height) >= GaussianWindow.length, "the window must fit into the planes")
    // The sums of squares are needed only together: four planes to filter are x, y, x² + y² and x·y.
    let (squares, products) = Self.combinations(x, y)
    let columns = x.width - GaussianWindow.length + 1
    let rows = x.height - GaussianWindow.length + 1
    var sums = (similarity: 0.0, contrast: 0.0)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 4 * x.stride) { buffer in
      buffer.initialize(repeating: 0)
      guard let filtered = buffer.baseAddress else { return }
      for row in 0..<rows {
        for (index, plane) in [x, y, squares, products].enumerated() {
          Self.filterColumns(plane, row: row, into: filtered + index * x.stride)
        }
        let part = Self.compareRow(filtered, stride: x.stride, columns: columns)
        sums.similarity += part.similarity
        sums.contrast += part.contrast
      }
    }
    mean = sums.similarity / Double(rows * columns)
    contrast = sums.contrast / Double(rows * columns)
  }

  /// Returns x² + y² and x·y.
  private static func combinations(_ x: Plane, _ y: Plane) -> (squares: Plane, products: Plane) {
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
    return (squares, products)
  }

  /// Filters the window's rows from `row` on, down the columns, into one row.
  private static func filterColumns(_ plane: Plane, row: Int, into output: UnsafeMutablePointer<Float>) {
    plane.samples.withUnsafeBufferPointer { samples in
      guard let base = samples.baseAddress else { return }
      let first = base + row * plane.stride
      for column in Swift.stride(from: 0, to: plane.width, by: Vector.scalarCount) {
        store(GaussianWindow.filter { load(first + $0 * plane.stride + column) }, to: output + column)
      }
    }
  }

  /// Filters the four rows along themselves and returns the sums of SSIM and of the contrast term over the row.
  private static func compareRow(
    _ rows: UnsafeMutablePointer<Float>, stride: Int, columns: Int
  ) -> (similarity: Double, contrast: Double) {
    let c1 = Vector(repeating: 0.01 * 255 * 0.01 * 255)
    let c2 = Vector(repeating: 0.03 * 255 * 0.03 * 255)
    var similarities = Vector.zero
    var contrasts = Vector.zero
    for column in Swift.stride(from: 0, to: columns, by: Vector.scalarCount) {
      func filtered(_ index: Int) -> Vector { GaussianWindow.filter { load(rows + index * stride + column + $0) } }
      let (meanX, meanY) = (filtered(0), filtered(1))
      let meanSquares = meanX * meanX + meanY * meanY
      let meanProduct = meanX * meanY
      let variances = filtered(2) - meanSquares
      let covariance = filtered(3) - meanProduct
      var contrast = (covariance + covariance + c2) / (variances + c2)
      var similarity = (meanProduct + meanProduct + c1) / (meanSquares + c1) * contrast
      if column + Vector.scalarCount > columns {
        for lane in (columns - column)..<Vector.scalarCount { (contrast[lane], similarity[lane]) = (0, 0) }
      }
      contrasts += contrast
      similarities += similarity
    }
    return (Double(similarities.sum()), Double(contrasts.sum()))
  }

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>) -> Vector { UnsafeRawPointer(pointer).loadUnaligned(as: Vector.self) }

  @inline(__always)
  private static func load(_ pointer: UnsafeMutablePointer<Float>) -> Vector { load(UnsafePointer(pointer)) }

  @inline(__always)
  private static func store(_ vector: Vector, to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: Vector.self)
  }
}
