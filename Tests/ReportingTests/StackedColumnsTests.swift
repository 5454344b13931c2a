import Reporting
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct StackedColumnsTests {
  private static let bars = StackedColumns(
    title: "A & B", groupLabel: "year", countLabel: "count", groups: ["1985", "2016"],
    series: [.init(name: "first", counts: [1, 2]), .init(name: "second", counts: [0, 6])])

  /// The rectangles of a colour: top and height.
  private func rectangles(_ colour: String, in svg: String) -> [(y: Double, height: Double)] {
    svg.split(separator: "\n").filter { $0.contains("<rect") && $0.contains("fill=\"\(colour)\"") && $0.contains("stroke=\"#ffffff\"") }.map
    {
      line in
      func value(_ name: String) -> Double {
        line.firstRange(of: " \(name)=\"").flatMap { Double(line[$0.upperBound...].prefix { $0 != "\"" }) } ?? .nan
      }
      return (value("y"), value("height"))
    }
  }

  @Test func partsStandOnEachOtherInTheRightSize() throws {
    let svg = Self.bars.svg()
    let first = rectangles("#0072B2", in: svg)
    let second = rectangles("#D55E00", in: svg)
    try #require(first.count == 2 && second.count == 1, "a count of zero has no part: \(svg)")
    #expect(abs(first[1].height - 2 * first[0].height) < 0.02 && abs(second[0].height - 6 * first[0].height) < 0.05)
    #expect(abs(second[0].y + second[0].height - first[1].y) < 0.02)
    #expect(svg.contains(">1985<") && svg.contains(">A &amp; B<") && svg.contains(">first<") && svg.contains(">6<"))
  }

  @Test func nothingToShowIsAPictureToo() {
    let svg = StackedColumns(title: "t", groupLabel: "g", countLabel: "c", groups: [], series: []).svg()
    #expect(svg.contains("</svg>") && !svg.contains("nan") && !svg.contains("inf"))
  }
}
