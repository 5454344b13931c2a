/// Where panels, title and legend of a picture of several panels stand.
struct PanelGrid {
  let width: Double
  let height: Double
  private let columns: Int
  private let panelWidth: Double
  private let panelHeight: Double
  private let marginLeft: Double
  let legendTop: Double

  private static let legendLine = 22.0
  private static let gapRight = 18.0
  private static let gapTop = 46.0
  private static let gapBottom = 58.0

  /// Lays out panels of a size; `legend` are the widths of its entries.
  init(rows: Int, columns: Int, panelWidth: Double, panelHeight: Double, marginLeft: Double, legend: [Double], hasSubtitle: Bool) {
    self.columns = max(columns, 1)
    (self.panelWidth, self.panelHeight, self.marginLeft) = (panelWidth, panelHeight, marginLeft)
    width = Double(self.columns) * (marginLeft + panelWidth + Self.gapRight) + 10
    top = hasSubtitle ? 56 : 36
    legendTop = top + Double(rows) * (Self.gapTop + panelHeight + Self.gapBottom) + 10
    let (whole, first) = (width, legendTop + 8)
    let lines = Self.lines(legend, width: whole)
    height = legendTop + Double(lines.count) * Self.legendLine + 14
    places = lines.enumerated().flatMap { number, line -> [(x: Double, y: Double)] in
      var x = (whole - line.reduce(0, +)) / 2
      return line.map { entry in
        defer { x += entry }
        return (x, first + Double(number) * Self.legendLine)
      }
    }
  }

  private let top: Double
  /// The left end of each entry of the legend, at the middle of its height.
  let places: [(x: Double, y: Double)]

  /// The edges of a panel.
  func frame(row: Int, column: Int) -> (left: Double, right: Double, top: Double, bottom: Double) {
    let left = Double(column) * (marginLeft + panelWidth + Self.gapRight) + marginLeft
    let upper = top + Double(row) * (Self.gapTop + panelHeight + Self.gapBottom) + Self.gapTop
    return (left, left + panelWidth, upper, upper + panelHeight)
  }

  /// The entries of the legend, as many on a line as have room.
  private static func lines(_ entries: [Double], width: Double) -> [[Double]] {
    var lines: [[Double]] = []
    for entry in entries {
      if let last = lines.last, last.reduce(entry, +) <= width - 20 { lines[lines.count - 1].append(entry) } else { lines.append([entry]) }
    }
    return lines
  }
}
