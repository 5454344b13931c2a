import Foundation
import Testing
import Training
import Weights

/// One step is one update of the main optimiser, everywhere.
@Suite(.serialized) struct StepCountTests {
  /// The optimiser of the quantiles makes an update of its own for each, which Lightning counts as a second step.
  @Test func aLimitAFileNameAndEveryLogCountTheSameSteps() throws {
    let folder = try Tiny.folder()
    let run = try Command(
      [
        "fit", "--config", "tiny.yaml", "--trainer.max_steps", "6", "--trainer.callbacks.every_n_train_steps", "5",
        "--trainer.callbacks.save_top_k", "-1", "--trainer.logger+=TensorBoard",
      ], in: folder
    ).run()
    #expect(run.status == 0, "\(run)")
    let logs = "logs/tiny/version_0"
    let csv = String(decoding: try folder.bytes("\(logs)/metrics.csv"), as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(csv.filter { $0.contains(",train,") }.compactMap { Int($0.split(separator: ",")[0]) } == Array(1...6))
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(logs)/checkpoints")
    let saved = try #require(names.first { $0.hasSuffix("step=5.ckpt") }, "\(names)")
    #expect(try Checkpoint.read("\(folder.path)/\(logs)/checkpoints/\(saved)").step == 5)
    #expect(try Checkpoint.read("\(folder.path)/\(Tiny.last)").step == 6)
    let events = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(logs)/tensorboard")
    let steps = try events.flatMap { try Self.steps(of: "train/loss", in: folder.bytes("\(logs)/tensorboard/\($0)")) }
    #expect(steps == Array(1...6))
  }

  /// The steps of the events in a file that hold a number of this name: records of a length (8 bytes), a checksum (4), an event and another
  /// checksum (4); field 2 of an event is its step, a varint.
  private static func steps(of name: String, in bytes: [UInt8]) throws -> [Int] {
    var (steps, place): ([Int], Int) = ([], 0)
    while place + 12 <= bytes.count {
      let length = (0..<8).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
      let event = bytes[(place + 12)..<(place + 12 + length)]
      place += 12 + length + 4
      guard Data(event).range(of: Data(name.utf8)) != nil else { continue }
      // Field 1 is the time: a key of one byte and eight bytes.
      let step = event.dropFirst(9)
      try #require(step.first == 0x10)
      var (number, shift) = (0, 0)
      for byte in step.dropFirst() {
        number |= Int(byte & 0x7f) << shift
        shift += 7
        if byte & 0x80 == 0 { break }
      }
      steps.append(number)
    }
    return steps
  }

  /// Four epochs of five steps at once, two and two, and stopped at step 12 and continued.
  @Test func fourEpochsAreTwoAndTwoAndAStopInBetween() throws {
    let folder = try TestFolder()
    try folder.add("tiny.yaml", Tiny.configuration)
    try folder.addPictures("pictures", count: 10)
    let fit = ["fit", "--config", "tiny.yaml", "--trainer.max_steps", "-1", "--trainer.max_epochs"]
    let resume = ["fit", "--trainer.max_steps", "-1", "--trainer.max_epochs", "4", "--resume"]
    #expect(try Command(fit + ["4"], in: folder).run().status == 0)
    #expect(try Command(fit + ["2"], in: folder).run().status == 0)
    #expect(try Command(resume + ["logs/tiny/version_1"], in: folder).run().status == 0)
    #expect(try Command(["fit", "--config", "tiny.yaml", "--trainer.max_steps", "12"], in: folder).run().status == 0)
    #expect(try Command(resume + ["logs/tiny/version_2"], in: folder).run().status == 0)
    let ends = try (0...2).map { try Checkpoint.read("\(folder.path)/logs/tiny/version_\($0)/checkpoints/last.ckpt") }
    #expect(ends.map(\.step) == [20, 20, 20])
    for end in ends.dropFirst() {
      #expect(end.model.names == ends[0].model.names)
      for (name, tensor) in end.model { #expect(tensor.bytes == ends[0].model[name]?.bytes, "\(name)") }
    }
  }
}
