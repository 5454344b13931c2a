import Testing

@testable import WebServing

struct HostGuardTests {
  @Test(arguments: ["localhost:8421", "127.0.0.1:8421", "LOCALHOST:8421", "[::1]:8421", "box:8421"]) func ownNames(header: String) {
    #expect(HostGuard(host: "box", address: "127.0.1.1", isLoopback: true, port: 8421).accepts(header))
  }

  @Test(
    arguments: [
      nil, "", "example.org", "example.org:8421", "localhost", "localhost:80", "localhost:8421.example.org", "localhost.example.org:8421",
      "127.0.0.2:8421",
      "localhost:", "localhost:+8421", "[::1]", "[::1", "[::1]x:8421", ":8421", "localhost:8421, example.org",
    ])
  func others(header: String?) {
    #expect(!HostGuard(host: "127.0.0.1", address: "127.0.0.1", isLoopback: true, port: 8421).accepts(header))
  }

  @Test func portsOfTheWebMayBeLeftOut() {
    #expect(HostGuard(host: "localhost", address: "::1", isLoopback: true, port: 80).accepts("localhost"))
  }

  @Test func whoIsReachedFromElsewhereHasManyNames() {
    #expect(HostGuard(host: "0.0.0.0", address: "0.0.0.0", isLoopback: false, port: 8421).accepts("box.example.org:8421"))
  }
}
