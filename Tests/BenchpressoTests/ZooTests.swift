import Foundation
import Images
import Testing

/// The models that come with the program: `zoo`, `zoo:NAME`, and coding without naming weights.
struct ZooTests {
  /// A folder with a zoo of two copies of a trained model at one λ and one other model that is not a default.
  private static func folder() throws -> TestFolder {
    let folder = try Tiny.trainedFolder()
    try folder.add("small.png", bytes: TestFolder.picture(side: 13))
    try folder.add("zoo/a/README", "Two models.")
    var commands = [["export", "--ckpt_path", Tiny.last, "--half", "--output", "zoo/a/tiny_q1.safetensors"]]
    commands.append(["export", "--ckpt_path", Tiny.last, "--output", "zoo/a/tiny_q2.safetensors"])
    commands.append(["registry", "add", "--registry", "reg", "zoo", "--tag", "default"])
    for name in ["tiny_q1", "tiny_q2"] {
      commands.append(
        ["registry", "card", "--registry", "reg", "\(name).safetensors", "--authors", "A. Author", "--licence", "CC0-1.0"]
          + ["--data", "noise", "--about", "For tests.", "--machine", "some", "-o", "zoo/a/\(name).card.md"])
    }
    for arguments in commands {
      let result = try run(arguments, folder)
      #expect(result.status == 0, "\(arguments): \(result)")
    }
    return folder
  }

  private static func run(_ arguments: [String], _ folder: TestFolder, zoo: String = "zoo") throws -> Command.Result {
    var command = Command(arguments, in: folder)
    command.environment = ["BENCHPRESSO_ZOO": zoo]
    return try command.run()
  }

  @Test func picturesAreCodedWithoutNamingWeights() throws {
    let folder = try Self.folder()
    let list = try Self.run(["zoo"], folder)
    #expect(list.status == 0 && list.output.contains("tiny_q1") && list.output.contains("tiny_q2"), "\(list)")
    let json = try Self.run(["zoo", "--format", "json"], folder)
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let first = try #require((report["models"] as? [[String: Any]])?.first)
    #expect(first["name"] as? String == "a/tiny_q1" && first["is_default"] as? Bool == true, "\(json)")
    #expect((first["card"] as? [String: Any])?["licence"] as? String == "CC0-1.0", "\(json)")
    let card = try Self.run(["zoo", "a/tiny_q1"], folder)
    #expect(card.output.contains("For tests.") && card.output.contains("machine: some"), "\(card)")

    // The second quality, and another file with the model's name; each is decoded with the weights it was coded with.
    for (arguments, name) in [(["--quality", "2"], "a"), (["--weights", "zoo:a/tiny_q1"], "b"), ([], "c")] {
      let coded = try Self.run(["encode", "small.png", "\(name).bps"] + arguments, folder)
      #expect(coded.status == 0 && coded.messages.contains("model zoo:a/tiny_q1; --quality 1 to 2") == (name == "c"), "\(coded)")
      let decoded = try Self.run(["decode", "\(name).bps", "\(name).png"], folder)
      #expect(decoded.status == 0, "\(decoded)")
      #expect(try ImageFile.read("\(folder.path)/\(name).png").width == 13)
    }
    #expect(try folder.bytes("b.bps") == folder.bytes("c.bps") && folder.bytes("a.bps") != folder.bytes("b.bps"))
    let named = try Self.run(["decode", "--weights", "zoo/a/tiny_q2.safetensors", "a.bps", "d.png"], folder)
    #expect(try named.status == 0 && folder.bytes("d.png") == folder.bytes("a.png"), "\(named)")
    let both = try Self.run(["decode", "a.bps", "b.bps", "-o", "out"], folder)
    #expect(both.status == 0 && folder.has("out/a.png") && folder.has("out/b.png"), "\(both)")
  }

  @Test func aStageTakesAModelOfTheZoo() throws {
    let folder = try Self.folder()
    let data = ["--data.data_dir", "pictures", "--data.transform", "transform.NoCrop"]
    let result = try Self.run(["test", "--ckpt_path", "zoo:a/tiny_q1"] + data, folder)
    #expect(result.status == 0 && !result.output.isEmpty, "\(result)")
    let wrong = try Self.run(["test", "--ckpt_path", "zoo:a/tiny_q9"] + data, folder)
    #expect(wrong.status == 2 && wrong.messages.contains("no model 'zoo:a/tiny_q9'; did you mean"), "\(wrong)")
  }

  @Test func whatCannotBeIsRefused() throws {
    let folder = try Self.folder()
    #expect(try Self.run(["encode", "small.png", "a.bps", "--quality", "1"], folder).status == 0)
    try folder.add("other/tiny_q1.card.md", bytes: folder.bytes("zoo/a/tiny_q1.card.md"))
    try folder.add("damaged/x.card.md", "---\ncard: 3\n---\nx\n")
    try folder.add("damaged/x.safetensors", bytes: [])
    let table: [(arguments: [String], zoo: String, sentence: String, status: Int32)] = [
      (["encode", "small.png", "b.bps", "--quality", "3"], "zoo", "--quality must be between 1 and 2, found 3", 2),
      (["encode", "small.png", "b.bps", "--quality", "1", "--weights", "w"], "zoo", "leave it out where --weights", 2),
      (["encode", "small.png", "b.bps", "--weights", "zoo:none"], "zoo", "there are a/tiny_q1, a/tiny_q2", 2),
      (["encode", "small.png", "b.bps"], "none", "BENCHPRESSO_ZOO: there is no folder 'none'", 2),
      (["encode", "small.png", "b.bps"], "other", "has no default models; name weights with --weights", 2),
      (["decode", "a.bps", "b.png"], "other", "which are not in the zoo; name them with --weights", 2),
      (["decode", "--payloads", "p", "-o", "b.png"], "zoo", "--payloads needs --weights", 2),
      (["zoo"], "damaged", "damaged/x.card.md", 1),
    ]
    for (arguments, zoo, sentence, status) in table {
      let result = try Self.run(arguments, folder, zoo: zoo)
      #expect(result.status == status && result.messages.contains(sentence), "\(arguments): \(result)")
    }
    #expect(!folder.has("b.bps") && !folder.has("b.png"))
  }
}
