import Testing
import Torch

@testable import Training

@Suite struct LostProcessTests {
  @Test(arguments: [
    (
      "[/src/gloo/transport/tcp/pair.cc:537] Read error [127.0.0.1]:4: Connection reset by peer. This is typical. More advice",
      "Read error [127.0.0.1]:4: Connection reset by peer"
    ), ("Timed out waiting 600000ms\nsecond line", "Timed out waiting 600000ms"), ("[unfinished", "[unfinished"),
  ])
  func takesTheWordsOfTheConnection(message: String, reason: String) {
    let error = LostProcess(TorchError.failed(operation: "exchange", message: message))
    #expect(error.reason == reason)
    #expect(error.description.contains("(\(reason))"))
  }
}
