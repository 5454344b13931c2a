import ArgumentParser
import Foundation

/// A command, its options and the commands below it, as the argument parser itself describes them.
struct CommandOutline: Decodable {
  /// An argument, an option or a flag.
  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }
    struct Name: Decodable {
      enum Kind: String, Decodable { case long, short, longWithSingleDash }
      let kind: Kind
      let name: String
    }

    let kind: Kind
    let shouldDisplay: Bool
    let parsingStrategy: String?
    let names: [Name]?
    let allValues: [String]?
    let abstract: String?

    /// The names that stand after two dashes.
    var longNames: [String] { (names ?? []).filter { $0.kind == .long }.map(\.name) }
  }

  let commandName: String
  let shouldDisplay: Bool
  let aliases: [String]?
  let abstract: String?
  let defaultSubcommand: String?
  let subcommands: [CommandOutline]?
  let arguments: [Argument]?

  /// The outline of the whole program; nil where the parser describes itself in a way that this version does not know.
  static func program() -> CommandOutline? {
    struct Whole: Decodable { let command: CommandOutline }
    return try? JSONDecoder().decode(Whole.self, from: Data(BenchpressoCommand._dumpHelp().utf8)).command
  }

  /// The commands right below with what they do; hidden ones are left out.
  var children: [Completion] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      .map { Completion(word: $0.commandName, help: $0.abstract ?? "") }
  }

  /// Returns the command below that has the name or the alias.
  func child(_ name: String) -> CommandOutline? {
    subcommands?.first { $0.commandName == name || $0.aliases?.contains(name) == true }
  }

  /// The names of flags, of this command and all below.
  var flags: Set<String> {
    Set((arguments ?? []).filter { $0.kind == .flag }.flatMap(\.longNames))
      .union((subcommands ?? []).flatMap { $0.flags })
  }
}
