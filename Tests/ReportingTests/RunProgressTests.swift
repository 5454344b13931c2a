import Reporting
import Testing

@Suite struct RunProgressTests {
  static let full = RunProgress(
    step: 1200, total: 10000, loss: 1.23456, bpp: 0.4561, psnr: 28.309, auxiliaryLoss: 12.34, learningRate: 1e-4, stepsPerSecond: 19.17,
    imagesPerSecond: 153.22, secondsLeft: 3725)
  static let fullLine =
    "step  1,200/10,000 (12.0 %) · 19.2 it/s · 153.2 images/s · 1h 02m left · loss 1.2346 · bpp 0.456 · PSNR 28.31 dB · aux 12.3 · lr 1.0e-04"

  static let widths: [(Int, String)] = [
    (200, fullLine), (fullLine.count, fullLine),
    (fullLine.count - 1, fullLine.replacing(" · aux 12.3", with: "")),
    (100, "step  1,200/10,000 (12.0 %) · 1h 02m left · loss 1.2346 · bpp 0.456 · PSNR 28.31 dB · lr 1.0e-04"),
    (80, "step  1,200/10,000 (12.0 %) · 1h 02m left · loss 1.2346 · bpp 0.456"), (30, "step  1,200/10,000 (12.0 %)"), (10, "step  1,20"),
    (0, ""),
  ]

  @Test(arguments: widths)
  func aLineThatFits(width: Int, expected: String) {
    #expect(Self.full.line(width: width) == expected)
  }

  static let lines: [(RunProgress, String)] = [
    (
      RunProgress(step: 1200, total: 10000, loss: 1.23456, bpp: 0.4561, psnr: 28.309, imagesPerSecond: 153.22, secondsLeft: 3725),
      "step  1,200/10,000 (12.0 %) · 153.2 images/s · 1h 02m left · loss 1.2346 · bpp 0.456 · PSNR 28.31 dB"
    ),
    (full, fullLine),
    (RunProgress(step: 0, total: 5), "step 0/5 (0.0 %)"),
    (RunProgress(step: 7, loss: .nan), "step 7 · loss nan"),
    (RunProgress(step: 10, total: 10, loss: 1, secondsLeft: 0), "step 10/10 (100.0 %) · 0.0s left · loss 1.0000"),
  ]

  @Test(arguments: lines)
  func oneLine(_ progress: RunProgress, _ expected: String) {
    #expect(progress.line == expected)
  }

  @Test func timeLeft() {
    #expect(RunProgress.secondsLeft(step: 30, total: 100, done: 10, seconds: 5) == 35)
    #expect(RunProgress.secondsLeft(step: 0, total: 100, done: 0, seconds: 5) == nil)
    #expect(RunProgress.secondsLeft(step: 120, total: 100, done: 10, seconds: 5) == 0)
  }
}
