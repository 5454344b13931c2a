import Configuration
import SafeFiles
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct PathTextTests {
  static let home = getenv("HOME").map { String(cString: $0) } ?? ""

  @Test(arguments: [
    ("/a/b", "/x", "/a/b"), ("a", "/x", "/x/a"), ("./a", "/x/", "/x/a"), ("../a", "/x/y", "/x/a"), ("../../../a", "/x", "/a"),
    ("a//b/./c/../d/", "/x", "/x/a/b/d"), ("", "/x", "/x"), (".", "/", "/"), ("/", "/x", "/"), ("/..", "/x", "/"),
    ("~x/a", "/x", "/x/~x/a"), ("é/日", "/x", "/x/é/日"),
  ])
  func absolute(path: String, folder: String, expected: String) { #expect(PathText.absolute(path, from: folder) == expected) }

  @Test(.enabled(if: home.hasPrefix("/"))) func theHomeFolder() {
    let home = PathText.absolute(Self.home)
    #expect(PathText.absolute("~", from: "/x") == home)
    #expect(PathText.absolute("~/a", from: "/x") == (home == "/" ? "/a" : "\(home)/a"))
  }

  @Test func relativeFoldersStartInTheWorkingDirectory() {
    let here = PathText.workingDirectory
    #expect(here.hasPrefix("/"))
    #expect(PathText.absolute("a", from: "b") == PathText.absolute("b/a", from: here))
    #expect(PathText.short("a/../b") == "b" && PathText.short(here) == "." && PathText.short("\(here)/c/d") == "c/d")
    #expect(PathText.short("/") == "/" && PathText.short("\(here)x/c") == "\(here)x/c")
  }

  @Test(arguments: [("a/b", "a", "b"), ("b", ".", "b"), ("/b", "/", "b"), ("/a/b/", "/a/b", "b"), ("", ".", ""), ("/", "/", "/")])
  func parts(path: String, folder: String, name: String) { #expect(PathText.folder(of: path) == folder && PathText.name(of: path) == name) }

  @Test(arguments: [
    ("a.yaml", true), ("a/b.yml", true), ("/x.json", true), (".yaml", false), ("a.yaml ", false), ("a\n.yaml", false), ("a.YAML", false),
    ("models.FactorizedPrior", false), ("", false),
  ])
  func configurationFiles(text: String, expected: Bool) { #expect(PathText.isConfigurationFile(text) == expected) }
}
