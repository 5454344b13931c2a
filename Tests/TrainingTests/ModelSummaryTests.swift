import Testing
import Torch

@testable import Training

struct ModelSummaryTests {
  @Test func theTableOfParts() throws {
    let model: any Module = try TinyTraining.model()
    let summary = ModelSummary(model)
    #expect(
      summary.text() == """
          | Name               | Type                   | Params
        --------------------------------------------------------
        0 | entropy_bottleneck | EntropyBottleneck      | 366
        1 | g_a                | FactorizedPriorEncoder | 1.8 K
        2 | g_s                | FactorizedPriorDecoder | 1.8 K
        --------------------------------------------------------
        3.9 K     Trainable params, 18 of them quantiles
        0         Non-trainable params
        3.9 K     Total params
        0.016     Total estimated model params size (MB)
        """)
    #expect(summary.parameterCount == (try TinyTraining.model()).parameterCount && summary.otherCount == 0)
  }

  @Test func shapesAndMultiplyAccumulates() throws {
    let summary = try ModelSummary(TinyTraining.model(), side: 60)
    #expect(summary.side == 64)
    let rows = Dictionary(uniqueKeysWithValues: summary.rows.map { ($0.name, $0) })
    let first = try #require(rows["g_a.0"])
    #expect(first.type == "Convolution" && first.outputShape == [1, 4, 32, 32] && first.parameterCount == 4 * 3 * 25 + 4)
    // 25 taps of 3 channels for 4 channels at a quarter of the places.
    #expect(first.multiplyAccumulatesPerPixel == 75)
    #expect(rows["g_a.1"]?.multiplyAccumulatesPerPixel == 4)
    #expect(rows["g_a"]?.outputShape == [1, 6, 4, 4] && rows["g_s"]?.outputShape == [1, 3, 64, 64])
    // The last layer gathers, from each place of 32×32, 25 taps for 3 of 4 channels.
    #expect(rows["g_s.6"]?.multiplyAccumulatesPerPixel == 75)
    let layers = summary.rows.filter { $0.name.hasPrefix("g_a.") }.compactMap(\.multiplyAccumulatesPerPixel)
    #expect(rows["g_a"]?.multiplyAccumulatesPerPixel == layers.reduce(0, +))
    #expect(summary.text().contains("g_a.0            | Convolution"), "\(summary.text())")

  }

  final class Loose: Module {
    let parameter: Parameter
    init() throws { parameter = try Parameter(Tensor.zeros([12])) }
    var members: [Member] { [.parameter("p", parameter)] }
  }

  @Test func parametersInNoPart() throws {
    let summary = ModelSummary(try Loose())
    #expect(summary.rows.isEmpty && summary.otherCount == 12 && summary.parameterCount == 12)
    #expect(summary.text().contains("other params | n/a  | 12"), "\(summary.text())")
  }

  @Test(arguments: [
    (0, "0"), (304, "304"), (999, "999"), (6200, "6.2 K"), (128_000, "128 K"), (3_000_000, "3.0 M"), (2_500_000_000, "2.5 B"),
  ])
  func numbers(count: Int, text: String) { #expect(ModelSummary.short(count) == text) }
}
