import ChildProcesses
import Downloads
import Testing

@Suite struct DownloadErrorTests {
  @Test(
    arguments: [
      (
        .status(address: "http://a/b", status: 404),
        "the server does not have it (status 404): http://a/b; look for another source, and see 'benchpresso data list'"
      ),
      (
        .incomplete(address: "http://a/b", part: "b.part", received: 3, total: 9, reason: "the connection ended early"),
        "http://a/b did not come whole: the connection ended early, after 3 of 9 bytes; run the same command again, it goes on from 'b.part'"
      ),
      (
        .announcedSize(address: "http://a/b", expected: 5, announced: 6),
        "the server announces 6 bytes for http://a/b instead of 5: it is another file; nothing was kept"
      ),
      (
        .space(folder: "data", needed: 2_000_000_000, free: 1500),
        "the disk of 'data' has 1.5 kB free, and 2.0 GB are needed; free some space"
      ),
      (.busy(path: "b"), "'b' is being fetched by another process; wait for it, or end it"),
      (.program(.missing(program: "curl")), "the program 'curl' is not there; install it, or add its folder to PATH"),
    ] as [(DownloadError, String)])
  func areSentences(error: DownloadError, sentence: String) { #expect(error.description == sentence) }
}
