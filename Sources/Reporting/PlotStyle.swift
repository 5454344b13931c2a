/// How one curve of a plot looks.
package struct PlotStyle: Sendable, Equatable {
  /// The shape at each point.
  package enum Marker: Sendable, Equatable, CaseIterable {
    case circle, square, triangle, diamond, downTriangle
  }

  package let colour: String
  package let marker: Marker
  package let dashes: [Double]

  /// Seven colours that people with any colour blindness tell apart (Okabe and Ito, 2008) and that are dark enough on white; their yellow
  /// is not.
  package static let colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"]
  private static let dashPatterns: [[Double]] = [[], [7, 4], [2, 4], [9, 4, 2, 4]]

  /// The style of the curve with this number: colours and markers change with every curve, dashes when the colours begin again.
  package init(index: Int) {
    colour = Self.colours[index % Self.colours.count]
    marker = Marker.allCases[index % Marker.allCases.count]
    dashes = Self.dashPatterns[index / Self.colours.count % Self.dashPatterns.count]
  }
}
