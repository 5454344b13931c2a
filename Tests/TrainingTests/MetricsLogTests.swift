import SafeFiles
import Testing

@testable import Training

struct MetricsLogTests {
  private func lines(_ path: String) throws -> [String] {
    String(decoding: try FileBytes.read(path), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func report(_ step: Int, norm: Double? = nil) -> StepReport {
    StepReport(
      step: step, loss: 1.5, bitsPerPixel: 0.5, meanSquaredError: 0.01, auxiliaryLoss: 7, learningRate: 0.001, gradientNorm: norm)
  }

  private func pace(_ imagesPerSecond: Double) -> StepPace {
    StepPace(stepsPerSecond: 1, imagesPerSecond: imagesPerSecond, waitingShare: 0.25)
  }

  @Test func everyLineIsThereAtOnce() throws {
    let folder = try TestFolder()
    let log = try MetricsLog(path: "\(folder.path)/metrics.csv", continuingFrom: 0)
    try log.write(report(1), pace: pace(2), residentBytes: 3 << 20)
    try log.write(report(2, norm: 0.25), pace: pace(2), residentBytes: 3 << 20)
    try log.write(ValidationReport(step: 2, loss: 3, bitsPerPixel: 1, psnr: 20, meanSquaredError: 0.01, pictures: 4))
    #expect(
      try lines("\(folder.path)/metrics.csv") == [
        "step,stage,loss,bpp,psnr,mse,aux_loss,lr,grad_norm,images_per_second,data_wait_share,memory_mib",
        "1,train,1.5,0.5,20.0,0.01,7.0,0.001,,2.0,0.25,3.0",
        "2,train,1.5,0.5,20.0,0.01,7.0,0.001,0.25,2.0,0.25,3.0", "2,validate,3.0,1.0,20.0,0.01,,,,,,", "",
      ])
    #expect(
      try lines("\(folder.path)/metrics.csv").dropLast().allSatisfy {
        $0.split(separator: ",", omittingEmptySubsequences: false).count == 12
      })
  }

  @Test func aContinuedTrainingMeasuresLaterStepsAgain() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/metrics.csv"
    do {
      let log = try MetricsLog(path: path, continuingFrom: 0)
      for step in 1...10 { try log.write(report(step), pace: pace(1), residentBytes: 3 << 20) }
    }
    // A crash may leave half a line.
    try AtomicFile.write(String(decoding: FileBytes.read(path), as: UTF8.self) + "1", to: path)
    let log = try MetricsLog(path: path, continuingFrom: 4)
    try log.write(report(5), pace: pace(1), residentBytes: 3 << 20)
    let steps = try lines(path).dropFirst().compactMap { Int($0.split(separator: ",").first ?? "") }
    #expect(steps == [1, 2, 3, 4, 5])
    #expect(try lines(path).dropFirst().dropLast().allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 12 })
  }

  @Test func aNewTrainingStartsAnew() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/metrics.csv"
    try AtomicFile.write("anything\n", to: path)
    _ = try MetricsLog(path: path, continuingFrom: 0)
    #expect(try lines(path) == [MetricsLog.header, ""])
  }

  @Test func aFolderThatIsMissingIsAnError() {
    #expect(throws: FileError.self) { try MetricsLog(path: "/no-such-folder/metrics.csv", continuingFrom: 0) }
  }
}
