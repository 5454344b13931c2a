import Testing

@testable import Configuration

@Suite struct UnknownKeyTests {
  static let table: [(key: String, valid: [String], owner: String?, mark: Mark, sentence: String)] = [
    (
      "max_step", ["max_steps", "x"], String?.none, Mark(source: "a.yaml", line: 1, column: 1),
      "unknown key 'max_step'; did you mean 'max_steps'? Valid keys: max_steps, x"
    ),
    ("other", ["a", "b"], nil, Mark(source: "a.yaml"), "unknown key 'other'; valid keys: a, b"),
    ("other", [], nil, Mark(source: "a.yaml"), "unknown key 'other'; valid keys: nothing"),
    (
      "chanels", ["channels"], "models.M", Mark(source: "a.yaml"),
      "models.M has no argument 'chanels'; did you mean 'channels'? It takes channels"
    ),
    ("x", [], "nonlinearity.ReLU", Mark(source: "a.yaml"), "nonlinearity.ReLU has no argument 'x'; it takes nothing"),
    ("max_stepss", ["max_steps"], nil, .option("trainer.max_stepss"), "unknown option; did you mean --trainer.max_steps?"),
    ("modle", ["model"], nil, .option("modle"), "unknown option; did you mean --model?"),
    ("zz", ["a", "b"], nil, .option("t.zz"), "unknown option; valid keys: a, b"),
    ("zz", ["a"], "models.M", .option("model.zz"), "unknown option; models.M takes a"),
    // typed inside of a map, the option is not the key
    ("zz", ["a"], "models.M", .option("model"), "models.M has no argument 'zz'; it takes a"),
    ("chanels", ["channels"], nil, .environment("X"), "unknown key 'chanels'; did you mean 'channels'? Valid keys: channels"),
  ]

  @Test(arguments: table)
  func sentences(key: String, valid: [String], owner: String?, mark: Mark, expected: String) {
    #expect(UnknownKey(Node.Field(key: key, mark: mark, value: 1), valid: valid, owner: owner).sentence == expected)
  }
}
