import Foundation
import WebServing

// A server in a process of its own, until its standard input ends: the tests keep the threads of Swift's tasks busy, and a server among them would
// get none. The arguments are the host and the port; the answer is the address, or 'error: ' and what is wrong.

/// The page of every path but one.
@Sendable func answer(_ request: WebRequest) -> WebResponse {
  request.path == "nothing"
    ? WebResponse(status: 404, type: "text/plain", text: "nothing")
    : WebResponse(type: "text/html; charset=utf-8", text: "<p>\(request.path) \(request.values("q"))</p>")
}

do {
  let server = try WebServer(host: CommandLine.arguments[1], port: UInt16(CommandLine.arguments[2]) ?? 0) { answer($0) }
  print("\(server.address) \(server.port) \(server.isLoopback)")
  fflush(nil)
  while readLine() != nil {}
  server.stop()
} catch {
  print("error: \(error)")
}
