import Testing

@testable import Benchpresso

struct BashWordsTests {
  @Test(arguments: [
    ([], [], "--a=b", "--a=b"), (["fit"], ["fit"], "fit", "fit"), (["--a", "=", "b"], ["--a=b"], "--a=bc", "bc"),
    (["--a", "="], ["--a="], "--a=true", "true"), (["--a=", "b"], ["--a=b"], "--a=bc", "bc"),
    (["fit", "--a", "=", "b", "--c"], ["fit", "--a=b", "--c"], "--cd", "--cd"), (["--a", "b"], ["--a", "b"], "bc", "bc"),
    (["x", "=", "y"], ["x", "=", "y"], "yz", "yz"), (["published", ":"], ["published:"], "published:kodak/hm", "kodak/hm"),
    (["lint", "published", ":", "ko"], ["lint", "published:ko"], "published:kodak/hm", "kodak/hm"),
    (["a", ":", "b"], ["a", ":", "b"], "bc", "bc"),
    (["--anchor", "=", "published", ":", "ko"], ["--anchor=published:ko"], "--anchor=published:kodak/hm", "kodak/hm"),
    (["--l+", "=", "X"], ["--l+=X"], "--l+=XY", "XY"),
  ])
  func words(split: [String], words: [String], completed: String, visible: String) {
    let result = BashWords(split)
    #expect(result.words == words)
    #expect(result.visible(completed) == visible)
  }

  @Test func othersShellsDoNotSplit() {
    let result = BashWords(whole: ["--a", "=", "b"])
    #expect(result.words == ["--a", "=", "b"] && result.visible("--a=b") == "--a=b")
  }
}
