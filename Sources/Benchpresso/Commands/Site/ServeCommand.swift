import ArgumentParser
import WebServing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Serves the site.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Show the site with the newest results.",
    discussion: """
        benchpresso serve
        benchpresso serve --port 0 --format json

      A page shows what was added to the registry before it was loaded. Below /api/ there is the JSON of the commands: results, models, components, \
      taxonomy, publications. Only this machine can reach it unless --host says otherwise; Ctrl-C ends it.
      """)

  @OptionGroup var options: SiteOptions
  @Option(help: ArgumentHelp("The name or number of the interface; 0.0.0.0 for all.", valueName: "host")) var host = "127.0.0.1"
  @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "port")) var port: UInt16 = 8421
  @Flag(help: "Leave out what models and networks cost, which takes libtorch.") var noCost = false
  @Option(help: "How the address is printed.") var format = OutputFormat.text

  /// The address as one line of JSON.
  private struct Address: Encodable {
    let address: String
    let host: String
    let port: UInt16
  }

  func run() throws {
    try Failure.reported {
      let gathering = try SiteGathering(anchors: options.anchor)
      let waiting = noCost ? nil : "is being counted; load the page again"
      let contents = gathering.contents(date: nil) { ComponentCost.isKnown(of: $0) ? waiting : nil }
      let registry = LiveRegistry(folder: options.registry.folder)
      let live = LiveSite(contents, registry)
      let answers = SiteAnswers(
        live: live, interface: SiteInterface(catalogue: gathering.catalogue, bibliography: gathering.bibliography, registry: registry))
      _ = try live.site()
      Interruption.listen()
      let server = try WebServer(host: host, port: port) { answers.answer($0) }
      try tell(server)
      if !noCost {
        gathering.costs { _, _, classPath, cost in
          live.setCost(classPath, cost)
          return Interruption.signal == nil && server.failure == nil
        }
      }
      while Interruption.signal == nil {
        if let failure = server.failure { throw failure }
        usleep(50_000)
      }
      server.stop()
      throw Interrupted(signal: Interruption.signal ?? SIGINT, sentence: "stopped")
    }
  }

  private func tell(_ server: WebServer) throws {
    switch format {
    case .text: Console.result(server.address)
    case .json: Console.result(try JSONOutput.line(Address(address: server.address, host: host, port: server.port)))
    }
    if !server.isLoopback {
      Console.note("warning: whoever can reach this machine can read the site and the registry's records; --host 127.0.0.1 keeps it here")
    }
    Console.note("Ctrl-C ends it")
  }
}
