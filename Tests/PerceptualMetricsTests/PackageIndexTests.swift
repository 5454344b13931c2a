import Testing

@testable import PerceptualMetrics

struct PackageIndexTests {
  @Test func aLinkIsFoundByTheNameOfItsFile() {
    let page = "<a href=\"../../files/a-1.tar.gz#sha256=00\">a-1.tar.gz</a><a href=\"/x/b-2.whl\">b</a>"
    #expect(
      PackageIndex.link(to: "a-1.tar.gz", in: page, page: "https://index.example/simple/a/") == "https://index.example/files/a-1.tar.gz")
    #expect(PackageIndex.link(to: "b-2.whl", in: page, page: "https://index.example/simple/a/") == "https://index.example/x/b-2.whl")
    #expect(PackageIndex.link(to: "c", in: page, page: "https://index.example/simple/a/") == nil)
  }

  @Test func theConfigurationOfPipNamesTheIndex() {
    #expect(
      PackageIndex.indexAddress(configuration: "[global]\nindex-url = https://index.example/simple\n") == "https://index.example/simple")
    #expect(PackageIndex.indexAddress(configuration: "[global]\ncert = x\n") == nil)
  }
}
