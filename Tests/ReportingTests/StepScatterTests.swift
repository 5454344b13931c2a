import Foundation
import SafeFiles
import Testing

@testable import Reporting

struct StepScatterTests {
  private func scatter(_ points: [StepScatter.Point]) -> StepScatter {
    StepScatter(title: "a/version_0", rateLabel: "bpp", qualityLabel: "dB", points: points)
  }

  private func point(_ step: Int, _ rate: Double, _ quality: Double) -> StepScatter.Point {
    .init(step: step, rate: rate, quality: quality)
  }

  @Test func everyPointHasTheColourOfItsStep() {
    let svg = scatter([point(100, 0.5, 30), point(200, 0.4, 31), point(1300, .nan, 31), point(300, 0.4, 32)]).svg()
    for share in [0, 0.5, 1] { #expect(svg.contains("fill=\"\(StepScatter.colour(share))\"")) }
    #expect(svg.components(separatedBy: "<circle").count == 4)
    #expect(svg.contains(">100</text>") && svg.contains(">300</text>") && !svg.contains(">1,300</text>"))
  }

  @Test func colours() {
    #expect(StepScatter.colour(0) == "#262a6e" && StepScatter.colour(1) == "#e69f00" && StepScatter.colour(2) == "#e69f00")
  }

  @Test func oneOrNoPointIsDrawn() {
    #expect(scatter([point(5, 1, 2)]).svg().contains("<circle"))
    #expect(!scatter([]).svg().contains("<circle"))
  }
}
