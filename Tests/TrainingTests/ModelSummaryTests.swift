import Testing
import Torch

@testable import Training

struct ModelSummaryTests {
  @Test func theTable() throws {
    let summary = ModelSummary(try TinyTraining.model())
    #expect(
      summary.text == """
          | Name               | Type                   | Params
        --------------------------------------------------------
        0 | entropy_bottleneck | EntropyBottleneck      | 366
        1 | g_a                | FactorizedPriorEncoder | 1.8 K
        2 | g_s                | FactorizedPriorDecoder | 1.8 K
        --------------------------------------------------------
        3.9 K     Trainable params
        0         Non-trainable params
        3.9 K     Total params
        0.016     Total estimated model params size (MB)
        """)
    #expect(summary.parameterCount == (try TinyTraining.model()).parameterCount && summary.otherCount == 0)
  }

  final class Loose: Module {
    let parameter: Parameter
    init() throws { parameter = try Parameter(Tensor.zeros([12])) }
    var members: [Member] { [.parameter("p", parameter)] }
  }

  @Test func parametersInNoPart() throws {
    let summary = ModelSummary(try Loose())
    #expect(summary.rows.isEmpty && summary.otherCount == 12 && summary.parameterCount == 12)
    #expect(summary.text.contains("  | other params | n/a  | 12"), "\(summary.text)")
  }

  @Test(arguments: [
    (0, "0"), (304, "304"), (999, "999"), (6200, "6.2 K"), (128_000, "128 K"), (3_000_000, "3.0 M"), (2_500_000_000, "2.5 B"),
  ])
  func numbers(count: Int, text: String) { #expect(ModelSummary.short(count) == text) }
}
