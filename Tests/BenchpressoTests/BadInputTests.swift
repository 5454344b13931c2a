import Foundation
import Testing

/// Bad input gives a non-zero exit, a sentence that names the place, and nothing on standard output.
struct BadInputTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    var arguments: [String]
    var status: Int32 = 1
    /// What must be in the sentence.
    let words: [String]
    /// Puts the bad input into a folder with a good configuration and good pictures.
    var prepare: @Sendable (TestFolder) throws -> Void = { _ in }

    var testDescription: String { name }
  }

  static func fit(_ more: String...) -> [String] { ["fit", "--config", "tiny.yaml"] + more }

  static let configuration: [Row] = [
    Row(
      name: "missing configuration file", arguments: ["fit", "--config", "absent.yaml"], status: 2,
      words: ["absent.yaml", "no such file"]),
    Row(name: "unknown key in the file", arguments: fit(), status: 2, words: ["tiny.yaml:", "max_step", "did you mean 'max_steps'?"]) {
      try $0.add("tiny.yaml", Tiny.configuration.replacingOccurrences(of: "max_steps", with: "max_step"))
    },
    Row(
      name: "unknown key on the command line", arguments: fit("--trainer.max_stepss", "5"), status: 2,
      words: ["--trainer.max_stepss", "did you mean --trainer.max_steps?"]),
    Row(
      name: "unknown class path", arguments: fit("--model", "models.FactorisedPrior"), status: 2,
      words: ["models.FactorisedPrior", "did you mean 'models.FactorizedPrior'?"]),
    Row(name: "wrong type", arguments: fit("--trainer.max_steps", "many"), status: 2, words: ["trainer.max_steps", "many"]),
    Row(name: "out of range", arguments: fit("--model.channels", "0"), status: 2, words: ["channels", "must be in 1 ... 4096"]),
    Row(name: "no valid YAML", arguments: fit(), status: 2, words: ["tiny.yaml:"]) { try $0.add("tiny.yaml", "trainer: {max_steps: 3\n") },
    Row(
      name: "a precision that is none", arguments: fit("--trainer.precision", "medium"), status: 2,
      words: ["trainer.precision: expected 32-true or bf16-mixed, found 'medium'", "trainer.matmul_precision"]),
    Row(
      name: "parts that do not fit", arguments: fit("--model.decoder.expansion_channels", "7"), status: 2,
      words: [
        "the encoder gives 6 channels (model.init_args.expansion_channels) but the decoder takes 7 "
          + "(model.init_args.decoder.init_args.expansion_channels)"
      ]),
    Row(
      name: "a checkpoint callback without checkpoints", arguments: fit("--trainer.enable_checkpointing", "false"), status: 2,
      words: ["trainer.enable_checkpointing", "ModelCheckpoint"]),
    Row(name: "unexpected word", arguments: fit("surplus"), status: 2, words: ["unexpected 'surplus'"]),
    Row(
      name: "setting without a value", arguments: fit("--trainer.max_steps"), status: 2,
      words: ["--trainer.max_steps: needs a value, expected an integer"]),
    Row(name: "nothing said", arguments: ["fit"], status: 2, words: ["--config"]),
    Row(name: "validation of no weights", arguments: ["validate", "--config", "tiny.yaml"], status: 2, words: ["--ckpt_path"]),
    Row(name: "test of no weights", arguments: ["test", "--config", "tiny.yaml"], status: 2, words: ["--ckpt_path"]),
  ]

  static let data: [Row] = [
    Row(name: "missing folder", arguments: fit("--data.data_dir", "absent"), words: ["'absent'", "does not exist", "data_dir"]),
    Row(name: "empty folder", arguments: fit("--data.data_dir", "empty"), words: ["no pictures in 'empty'"]) {
      try $0.add("empty/notes.txt", "")
    },
    Row(name: "cut picture", arguments: fit(), words: ["pictures/1.png", "broken or cut"]) {
      try $0.add("pictures/1.png", bytes: Array(TestFolder.picture(side: 40).dropLast(60)))
    },
    Row(name: "no picture inside", arguments: fit(), words: ["pictures/1.png", "not a picture"]) { try $0.add("pictures/1.png", "words") },
    Row(name: "picture smaller than the patch", arguments: fit(), words: ["pictures/2.png", "31×31", "patch of 32×32"]) {
      try $0.add("pictures/2.png", bytes: TestFolder.picture(side: 31))
    },
    Row(
      name: "sides that cannot be halved", arguments: fit("--data.transform", "NoCrop"),
      words: ["40×40", "multiples of 16", "a transform that has a patch_size"]),
    Row(name: "patch larger than every picture", arguments: fit("--data.transform.patch_size", "64"), words: ["40×40", "patch of 64×64"]),
  ]

  static let checkpoints: [Row] = [
    Row(
      name: "fit from a missing checkpoint", arguments: fit("--ckpt_path", "absent.ckpt"), status: 2,
      words: ["absent.ckpt", "no such file"]),
    Row(name: "last of no run", arguments: fit("--ckpt_path", "last"), status: 2, words: ["no checkpoint in 'logs/tiny'"]),
    Row(
      name: "validate a missing checkpoint", arguments: ["validate", "--config", "tiny.yaml", "--ckpt_path", "absent.ckpt"],
      status: 2, words: ["absent.ckpt", "no such file"]),
    Row(
      name: "test a missing checkpoint", arguments: ["test", "--config", "tiny.yaml", "--ckpt_path", "absent.ckpt"],
      status: 2, words: ["absent.ckpt", "no such file"]),
    Row(name: "no checkpoint at all", arguments: fit("--ckpt_path", "tiny.yaml"), words: ["tiny.yaml", "neither a safetensors file nor"]),
    Row(
      name: "missing initial weights", arguments: fit("--init_weights", "absent.ckpt"), status: 2, words: ["absent.ckpt", "no such file"]),
  ]

  @Test(arguments: configuration + data + checkpoints)
  func isToldInOneSentence(row: Row) throws {
    let folder = try Tiny.folder()
    try row.prepare(folder)
    let result = try Command(row.arguments, in: folder).run()
    expect(result, row)
  }

  /// The same, where a trained checkpoint is needed first.
  @Test func damagedAndForeignCheckpoints() throws {
    let folder = try Tiny.trainedFolder()
    let bytes = try folder.bytes(Tiny.last)
    try folder.add("half.ckpt", bytes: Array(bytes.prefix(bytes.count / 2)))
    let table = [
      Row(
        name: "another architecture, fit", arguments: Self.fit("--ckpt_path", Tiny.last, "--model.channels", "5"), status: 2,
        words: [Tiny.last, "--model.channels: asked for 5", "was trained with 4"]),
      Row(
        name: "another architecture, validate",
        arguments: ["validate", "--config", "tiny.yaml", "--ckpt_path", Tiny.last, "--model.channels", "5"], status: 2,
        words: [Tiny.last, "--model.channels: asked for 5", "was trained with 4"]),
      Row(
        name: "another architecture, test",
        arguments: ["test", "--config", "tiny.yaml", "--ckpt_path", Tiny.last, "--model.channels", "5"], status: 2,
        words: [Tiny.last, "--model.channels: asked for 5", "was trained with 4"]),
      Row(
        name: "another architecture, initial weights", arguments: Self.fit("--init_weights", Tiny.last, "--model.expansion_channels", "5"),
        words: [Tiny.last, "another architecture"]),
      Row(name: "cut, fit", arguments: Self.fit("--ckpt_path", "half.ckpt"), words: ["half.ckpt", "end inside the file"]),
      Row(
        name: "cut, validate", arguments: ["validate", "--config", "tiny.yaml", "--ckpt_path", "half.ckpt"],
        words: ["half.ckpt", "end inside the file"]),
      Row(
        name: "cut, test", arguments: ["test", "--config", "tiny.yaml", "--ckpt_path", "half.ckpt"],
        words: ["half.ckpt", "end inside the file"]),
    ]
    for row in table { try expect(Command(row.arguments, in: folder).run(), row) }
    #expect(try folder.bytes(Tiny.last) == bytes, "the checkpoint is as it was")
  }

  private func expect(_ result: Command.Result, _ row: Row) {
    #expect(result.status == row.status, "\(row.name): \(result)")
    #expect(result.output.isEmpty, "\(row.name)")
    let sentences = result.messages.split(separator: "\n").filter { $0.lowercased().hasPrefix("error: ") }
    #expect(sentences.count == 1, "\(row.name): \(result.messages)")
    for word in row.words { #expect(sentences.first?.contains(word) == true, "\(row.name) lacks '\(word)': \(result.messages)") }
  }
}
