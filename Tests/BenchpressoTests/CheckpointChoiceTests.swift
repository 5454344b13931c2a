import Benchpresso
import Configuration
import Testing

private struct Keys: Settings {
  var ckptPath: CheckpointChoice?
}

private func decode(_ text: String) throws -> (Keys, SettingsContext) {
  let context = SettingsContext()
  return (SettingsDecoder.decode(Keys.self, from: try ConfigurationFile.parse(text, source: "a.yaml"), path: "", context: context), context)
}

struct CheckpointChoiceTests {
  @Test(arguments: [
    ("last", CheckpointChoice.last), ("best", .best), ("/a/b.ckpt", .file("/a/b.ckpt")), ("'./last'", .file("last")), ("017", .file("017")),
  ])
  func choices(text: String, expected: CheckpointChoice) throws {
    let (keys, context) = try decode("ckpt_path: \(text)")
    #expect(keys.ckptPath == expected && context.problems.isEmpty)
    // What is written down means the same.
    #expect(try decode("ckpt_path: \(Difference.text(keys.ckptPath?.node))").0.ckptPath == expected)
  }

  @Test(arguments: [
    ("[a]", "expected a path, found a list"), ("''", "expected a path, found an empty text"),
    ("{a: 1}", "expected a path, found a map with the keys a"),
  ])
  func mistakes(text: String, sentence: String) throws {
    #expect(try decode("ckpt_path: \(text)").1.problems.map(\.sentence) == [sentence])
  }

  @Test func nullNamesNone() throws { #expect(try decode("ckpt_path: null").0.ckptPath == nil) }
}
