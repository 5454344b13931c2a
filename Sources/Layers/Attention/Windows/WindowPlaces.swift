import Torch

/// Where the places of a picture stand when it is laid out in windows of one size.
struct WindowPlaces {
  let grid: WindowGrid
  let height: Int
  let width: Int
  let device: Device
  /// The number of windows.
  let count: Int
  /// The place of the picture that each place of each window holds; 0 where that lies outside, `[count · w²]`.
  let places: Tensor
  /// The place among all windows that each place of the picture has, `[height · width]`.
  let positions: Tensor
  /// Which places of each window lie outside, `[count, 1, 1, w²]`; nil where none does.
  let outside: Tensor?

  init(_ grid: WindowGrid, height: Int, width: Int, device: Device) throws {
    (self.grid, self.height, self.width, self.device) = (grid, height, width, device)
    let (rows, columns) = (grid.ranges(of: height), grid.ranges(of: width))
    let area = grid.window * grid.window
    count = rows.count * columns.count
    var places = [Int64](repeating: 0, count: count * area)
    var outside = [Float](repeating: 1, count: count * area)
    var positions = [Int64](repeating: 0, count: height * width)
    for (number, start) in zip(0..., stride(from: 0, to: count * area, by: area)) {
      let (rows, columns) = (rows[number / columns.count], columns[number % columns.count])
      for row in rows {
        for column in columns {
          let position = start + (row - rows.lowerBound) * grid.window + column - columns.lowerBound
          places[position] = Int64(row * width + column)
          outside[position] = 0
          positions[row * width + column] = Int64(position)
        }
      }
    }
    self.places = try Tensor(places, shape: [places.count]).to(device)
    self.positions = try Tensor(positions, shape: [positions.count]).to(device)
    let isOutside = try -Tensor(outside, shape: [count, 1, 1, area])
    self.outside = outside.contains(1) ? try isOutside.isLess(than: 0).to(device) : nil
  }
}
