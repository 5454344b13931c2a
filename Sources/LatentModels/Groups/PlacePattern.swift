/// Which places of a grid of rows and columns are coded together.
public enum PlacePattern: Hashable, Sendable {
  /// A row and a column.
  public struct Cell: Hashable, Sendable {
    /// The row, from 0 at the top.
    public let row: Int
    /// The column, from 0 at the left.
    public let column: Int

    /// Creates a cell.
    public init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }
  }

  /// Every place.
  case all
  /// The places whose row and column, divided by `period`, leave one of `cells`.
  case periodic(period: Int, cells: Set<Cell>)
  /// The places whose row and column have the sum `sum`.
  case diagonal(sum: Int)
  /// The places whose `slope`-fold row and column have the sum `sum`: lines that a wavefront passes whose context reaches `slope` − 1 columns to the right
  /// in the row above.
  case slanted(slope: Int, sum: Int)

  /// The places of a checkerboard whose row and column have an even sum, the upper left corner among them.
  public static let evenSquares = periodic(period: 2, cells: [Cell(0, 0), Cell(1, 1)])
  /// The other places of a checkerboard.
  public static let oddSquares = periodic(period: 2, cells: [Cell(0, 1), Cell(1, 0)])

  /// Whether a place is among them.
  public func holds(row: Int, column: Int) -> Bool {
    switch self {
    case .all: true
    case .periodic(let period, let cells): cells.contains(Cell(row % period, column % period))
    case .diagonal(let sum): row + column == sum
    case .slanted(let slope, let sum): slope * row + column == sum
    }
  }

  /// The places in a grid, numbered row by row, increasing.
  func places(height: Int, width: Int) -> [Int] {
    switch self {
    case .all: Array(0..<height * width)
    case .periodic: (0..<height * width).filter { holds(row: $0 / width, column: $0 % width) }
    case .diagonal(let sum): (0..<height).filter { 0..<width ~= sum - $0 }.map { $0 * width + sum - $0 }
    case .slanted(let slope, let sum): (0..<height).filter { 0..<width ~= sum - slope * $0 }.map { $0 * width + sum - slope * $0 }
    }
  }
}
