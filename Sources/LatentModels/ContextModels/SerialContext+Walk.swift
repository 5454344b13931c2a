extension SerialContext {
  /// What is done at a place: `values` is to be filled with ŷ, of M numbers as `scales` and `means`.
  typealias Step = (
    _ place: Int, _ scales: UnsafePointer<Float>, _ means: UnsafePointer<Float>, _ values: UnsafeMutablePointer<Float>
  ) throws -> Void

  /// In which order the places are visited; ŷ is the same, to the last bit.
  enum Order {
    /// Row by row, as the symbols of a payload come.
    case raster
    /// Along lines across the rows whose places do not need each other, where all symbols are known: weights are read for many places at once.
    case diagonals
  }

  /// Walks over the places of one latent.
  ///
  /// - Parameters:
  ///   - hyper: ψ, `[H, W, 2·M]`.
  ///   - values: ŷ, `[H, W, M]`, which the steps fill.
  ///   - step: called for each place.
  func walk(
    _ order: Order, height: Int, width: Int, hyper: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>, _ step: Step
  ) throws {
    switch order {
    case .raster: try walkRows(height: height, width: width, hyper: hyper, values: values, step)
    case .diagonals: try walkDiagonals(height: height, width: width, hyper: hyper, values: values, step)
    }
  }

  /// What needs no value of the row is computed for the whole row at once; place by place remain two taps and the layers.
  private func walkRows(
    height: Int, width: Int, hyper: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>, _ step: Step
  ) throws {
    let rows = rows(count: width, together: 1)
    // Rows are lent by bare pointers.
    defer { withExtendedLifetime(rows) {} }
    for row in 0..<height {
      let line = PlaceLine.row(row, width: width)
      prepare(line, hyper: hyper, values: values, rows: rows)
      for column in 0..<width {
        // The farther tap is taken for two places at once, as soon as both values are known.
        if column.isMultiple(of: 2) {
          addLeft(2, to: column..<min(column + 2, width), of: line, values: values, rows: rows)
        }
        addLeft(1, to: column..<column + 1, of: line, values: values, rows: rows)
        let output = layers(rows, at: column, count: 1)
        let place = line.place(column)
        try step(place, output, output + channels, values + place * channels)
      }
    }
  }

  private func walkDiagonals(
    height: Int, width: Int, hyper: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>, _ step: Step
  ) throws {
    let longest = PlaceLine.longestDiagonal(height: height, width: width)
    let rows = rows(count: longest, together: longest)
    defer { withExtendedLifetime(rows) {} }
    for number in 0..<PlaceLine.diagonals(height: height, width: width) {
      let line = PlaceLine.diagonal(number, height: height, width: width)
      guard line.count > 0 else { continue }
      prepare(line, hyper: hyper, values: values, rows: rows)
      addLeft(2, to: 0..<line.count, of: line, values: values, rows: rows)
      addLeft(1, to: 0..<line.count, of: line, values: values, rows: rows)
      let outputs = layers(rows, at: 0, count: line.count)
      for index in 0..<line.count {
        let (place, output) = (line.place(index), outputs + index * outputWidth)
        try step(place, output, output + channels, values + place * channels)
      }
    }
  }
}
