import ChildProcesses
import EventFiles
import Foundation
import Images
import SafeFiles
import Testing

/// Event files as TensorBoard itself reads them.
///
/// `TENSORBOARD_PYTHON` names a Python with the package `tensorboard`.
@Suite(.enabled(if: TestTools.tensorBoardPython != nil, TestTools.hint))
struct TensorBoardTests {

  /// Reads a folder with TensorBoard's own reader and prints what it found, one fact a line.
  private func report(_ folder: TestFolder) throws -> [String] {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("read_events.py").path
    let result = try ChildProcess(TestTools.tensorBoardPython ?? "", [script, folder.path], timeLimit: .seconds(120)).run()
    #expect(result.ending == .exit(status: 0), "\(String(decoding: result.messages, as: UTF8.self))")
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func everythingIsRead() throws {
    let folder = try TestFolder()
    let image = Image(width: 2, height: 1, pixels: [255, 0, 0, 0, 128, 255])
    do {
      let file = try EventFile(folder: folder.path, host: "host", time: 1000)
      let settings: [(name: String, value: HyperparameterValue)] = [
        ("lambda", .number(0.013)), ("model", .text("FactorizedPrior")), ("trainer.clip", .truth(true)),
      ]
      for event in Event.hyperparameters(settings, metrics: ["val/loss"], name: "tiny", time: 1000) { file.append(event) }
      file.append(.text(tag: "configuration", "a: λ", step: 0, time: 1000))
      for step in [50, 100, 150] { file.append(.scalars([("train/loss", 100 / Double(step))], step: step, time: 1000 + Double(step))) }
      file.append(.image(tag: "rd", png: try PNG.encode(image), width: 2, height: 1, step: 100, time: 1200))
      file.append(.sessionEnd(.success, time: 2000))
      try file.flush()
    }
    let found = try report(folder)
    #expect(
      found == [
        "scalar train/loss 50 2.0", "scalar train/loss 100 1.0", "scalar train/loss 150 0.6666667",
        "image rd 100 2x1 RGB [255, 0, 0, 0, 128, 255]", "text configuration 0 a: λ",
        "hparam lambda 0.013", "hparam model FactorizedPrior", "hparam trainer.clip True", "columns lambda:3 model:1 trainer.clip:2",
        "metrics val/loss", "group tiny", "status STATUS_SUCCESS",
      ])
  }

  @Test func aTrainingThatGoesOnReplacesTheStepsItMakesAgain() throws {
    let folder = try TestFolder()
    let first = try EventFile(folder: folder.path, host: "host", time: 1000)
    for step in 1...6 { first.append(.scalars([("a", Double(step))], step: step, time: 1000)) }
    try first.flush()
    // The checkpoint was that of step 4.
    let second = try EventFile(folder: folder.path, host: "host", time: 1000)
    second.append(.start(step: 5, time: 2000))
    for step in 5...7 { second.append(.scalars([("a", Double(step) + 100)], step: step, time: 2000)) }
    try second.flush()
    let found = try report(folder)
    #expect(
      found == [
        "scalar a 1 1.0", "scalar a 2 2.0", "scalar a 3 3.0", "scalar a 4 4.0", "scalar a 5 105.0", "scalar a 6 106.0", "scalar a 7 107.0",
      ])
  }

  @Test func aRecordThatAKillCutIsPassedOver() throws {
    let folder = try TestFolder()
    let file = try EventFile(folder: folder.path, host: "host", time: 1000)
    for step in 1...3 { file.append(.scalars([("a", Double(step))], step: step, time: 1000)) }
    try file.flush()
    try AtomicFile.write(Array(FileBytes.read(file.path).dropLast(9)), to: file.path)
    let second = try EventFile(folder: folder.path, host: "host", time: 1000)
    second.append(.start(step: 3, time: 2000))
    second.append(.scalars([("a", 33)], step: 3, time: 2000))
    try second.flush()
    let found = try report(folder)
    #expect(found == ["scalar a 1 1.0", "scalar a 2 2.0", "scalar a 3 33.0"])
  }
}
