import Testing

@testable import Benchpresso

struct CommandOrderTests {
  @Test(arguments: [
    (["fit", "--config", "a.yaml"], ["fit", "--config", "a.yaml"]), (["--config", "a.yaml", "fit"], ["fit", "--config", "a.yaml"]),
    (["--config=a.yaml", "test", "--x=1"], ["test", "--config=a.yaml", "--x=1"]),
    (["-c", "a.yaml", "fit"], ["fit", "--config", "a.yaml"]), (["fit", "-c=a.yaml"], ["fit", "--config=a.yaml"]),
    (["--stage", "train", "--model", "M.yaml"], ["run", "--stage", "train", "--model", "M.yaml"]),
    (["--model", "M", "--stage=all"], ["run", "--model", "M", "--stage=all"]), (["--stage", "test"], ["run", "--stage", "test"]),
    (["--stage", "fit", "run"], ["run", "--stage", "fit"]),
    (["--name", "fit", "test"], ["test", "--name", "fit"]), (["--name=fit", "test"], ["test", "--name=fit"]),
    (["train", "--x"], ["train", "--x"]), ([], []), (["--help"], ["--help"]), (["-h"], ["-h"]),
    (["--version"], ["--version"]), (["--print_config", "fit", "--config", "a"], ["fit", "--print_config", "--config", "a"]),
    (["help", "fit"], ["help", "fit"]), (["-x"], ["-x"]),
  ])
  func words(words: [String], expected: [String]) throws {
    #expect(try CommandOrder.standard.arranged(words) == expected)
  }

  @Test(arguments: [
    (["fitt"], "there is no command 'fitt'; did you mean 'fit'? Commands: "), (["a.yaml"], "there is no command 'a.yaml'. Commands: "),
    (["--config", "a.yaml"], "name a command: "),
  ])
  func mistakes(words: [String], start: String) throws {
    let error = try #require(throws: UsageError.self) { try CommandOrder.standard.arranged(words) }
    #expect(
      error.description.hasPrefix(start) && error.description.contains("fit") && !error.description.contains("__complete"), "\(error)")
  }
}
