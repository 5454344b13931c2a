/// Mistakes in configuration files as files, and in their YAML.
enum MistakesInFiles {
  private typealias Mistake = ErrorMessagesTests.Mistake

  private static func file(_ name: String, _ text: String, says message: String) -> ErrorMessagesTests.Mistake {
    Mistake(name, files: ["a.yaml": text], "fit", "--config", "ok.yaml", "--config", "a.yaml", says: message)
  }

  static let all: [ErrorMessagesTests.Mistake] = [
    Mistake(
      "missing file", "fit", "--config", "absent.yaml",
      says: "error: absent.yaml: no such file or folder; check the spelling and the folder it is in"),
    Mistake(
      "a folder", files: ["folder/a.yaml": ""], "fit", "--config", "folder",
      says: "error: folder: it is a folder, and a file is needed here"),
    Mistake(
      "missing part in an option", "fit", "--config", "ok.yaml", "--trainer", "parts/nope.yaml",
      says: "error: --trainer: there is no file 'parts/nope.yaml'"),
    Mistake(
      "missing part in a file", files: ["sub/a.yaml": "trainer: parts/nope.yaml\n"], "fit", "--config", "ok.yaml", "--config", "sub/a.yaml",
      says: """
        error: sub/a.yaml:1:10: trainer: there is no file 'sub/parts/nope.yaml' ('parts/nope.yaml' is taken relative to the file that \
        names it)
             1 | trainer: parts/nope.yaml
               |          ^^^^^^^^^^^^^^^
        """),
    Mistake(
      "missing part that a model is", files: ["a.yaml": "model: nope.yaml\ndata: Kodak\n"], "fit", "--config", "a.yaml",
      says: """
        error: a.yaml:1:8: model: there is no file 'nope.yaml'
             1 | model: nope.yaml
               |        ^^^^^^^^^
        """),
    Mistake(
      "mistake in a part", files: ["a.yaml": "trainer: parts/t.yaml\n", "parts/t.yaml": "max_steps: 3\nmax_epoch: 2\n"], "fit", "--config",
      "ok.yaml", "--config", "a.yaml",
      says: """
        error: parts/t.yaml:2:1: trainer.max_epoch: unknown key 'max_epoch'; did you mean 'max_epochs'? Valid keys: \
        \(MistakesInSettings.trainer)
             2 | max_epoch: 2
               | ^^^^^^^^^^
        """),
    Mistake(
      "a part that names itself",
      files: ["a.yaml": "model: m.yaml\ndata: Kodak\n", "m.yaml": "class_path: models.FactorizedPrior\ninit_args: {encoder: m.yaml}\n"],
      "fit",
      "--config", "a.yaml",
      says: """
        error: m.yaml:2:22: model.init_args.encoder: 'm.yaml' names itself: a.yaml → m.yaml → m.yaml
             2 | init_args: {encoder: m.yaml}
               |                      ^^^^^^
        """),
    Mistake(
      "a study", files: ["a.yaml": "study: s\nvariations: {gdn: {}}\nrates: {values: [0.1]}\n"], "fit", "--config", "a.yaml",
      says: """
        error: a.yaml:1:1: study: 'a.yaml' is a study and no configuration; 'benchpresso study run a.yaml' runs it
             1 | study: s
               | ^^^^^^
        """),
    Mistake(
      "empty file", files: ["a.yaml": ""], "fit", "--config", "a.yaml",
      says: "error: fit needs --model and --data (give them as options or in --config)"),
    Mistake("null", "fit", "--config", "null", says: "error: fit needs --model and --data (give them as options or in --config)"),
    file(
      "plain text", "just a string\n",
      says: """
        error: a.yaml:1:1: a configuration is a map of settings such as 'model: …', found the text 'just a string'
             1 | just a string
               | ^^^^
        """),
    Mistake(
      "a picture", files: ["a.yaml": "\u{0}PNG"], "fit", "--config", "a.yaml",
      says: """
        error: a.yaml:1:1: not valid YAML: control characters are not allowed
             1 | \u{FFFD}PNG
               | ^^^^
        """),
    file(
      "two documents", "name: a\n---\nname: b\n",
      says: """
        error: a.yaml:2:1: a second YAML document starts here ('---'); keep one document in a file
             2 | ---
               | ^^^
        """),
    file(
      "a tag of a value", "name: !env USER\n",
      says: """
        error: a.yaml:1:7: the YAML tag '!env' is not known; remove it
             1 | name: !env USER
               |       ^^^^
        """),
    file(
      "a tag of a map", "trainer: !!python/object:t.T {max_steps: 3}\n",
      says: """
        error: a.yaml:1:10: the YAML tag '!!python/object:t.T' is not known; remove it
             1 | trainer: !!python/object:t.T {max_steps: 3}
               |          ^^^^^^^^^^^^^^^^^^^
        """),
    file(
      "bad indentation, too far", "trainer:\n  max_steps: 3\n   max_epochs: 4\n",
      says: """
        error: a.yaml:3:14: not valid YAML: a key cannot stand here; indent the line like the keys around it, or quote a text with a ':' \
        in it
             3 |    max_epochs: 4
               |              ^
        """),
    file(
      "bad indentation, not far enough", "trainer:\n  max_steps: 3\n max_epochs: 4\n",
      says: """
        error: a.yaml:3:2: not valid YAML: did not find the expected key (while parsing a block mapping that starts at line 1); check the \
        indentation
             3 |  max_epochs: 4
               |  ^^^^^^^^^^^
        """),
    file(
      "a tab", "trainer:\n\tmax_steps: 3\n",
      says: """
        error: a.yaml:2:1: not valid YAML: a tab cannot indent a line; use spaces
             2 |  max_steps: 3
               | ^
        """),
    file(
      "a variable within braces", "vars: {N: 4}\nmodel: {init_args: {channels: ${N}}}\n",
      says: """
        error: a.yaml:2:32: not valid YAML: did not find the expected ',' or '}' (while parsing a flow mapping that starts at line 2); \
        quote variables within braces: '${N}'
             2 | model: {init_args: {channels: ${N}}}
               |                                ^
        """),
    file(
      "duplicate key", "trainer: {max_steps: 3}\nname: x\ntrainer: {max_epochs: 5}\n",
      says: """
        error: a.yaml:3:1: the key 'trainer' is given twice in one map, first at line 1; remove one of them
             3 | trainer: {max_epochs: 5}
               | ^^^^^^^^
        """),
    Mistake(
      "listing 6.4.3, an alias before its anchor", "fit", "--config", "listing-6.4.3.yaml",
      says: """
        error: listing-6.4.3.yaml:10:33: the alias *N is used before its anchor &N (line 14); write the value &N here and *N there
            10 |                       channels: *N
               |                                 ^^
        """),
    file(
      "an alias without anchor", "name: *N\n",
      says: """
        error: a.yaml:1:7: the alias *N has no anchor; write &N before the value it stands for
             1 | name: *N
               |       ^^
        """),
    file(
      "an alias within its own anchor", "trainer: &t\n  callbacks: *t\n",
      says: """
        error: a.yaml:2:14: the alias *t is used inside the value of its own anchor &t (line 1); a value cannot contain itself
             2 |   callbacks: *t
               |              ^^
        """),
    Mistake(
      "listing 6.6.1, the end of a document", "fit", "--config", "listing-6.6.1.yaml",
      says: """
        error: listing-6.6.1.yaml:1:1: '...' at the start of a line ends a YAML document; remove the line, or write it as a comment (# ...)
             1 | ... trimmed configuration
               | ^^^
        """),
  ]
}
