import ArgumentParser
import Registry

/// Prints a completion script.
struct CompletionScript: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print the completion script of a shell.",
    discussion: """
      It completes commands, options, keys of settings, class paths and choices; it asks the program, so components that you add are there too.

        source <(benchpresso completion bash)
        benchpresso completion fish > ~/.config/fish/completions/benchpresso.fish
      """)

  @Argument(help: "bash, zsh or fish.") var shell: Shell

  func run() { Console.result(shell.script) }
}

extension Shell: ExpressibleByArgument {}

/// Answers a completion script.
struct Complete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "__complete", abstract: "Answer a completion script.", shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough) var words: [String] = []

  func run() throws {
    var words = words[...]
    guard let shell = words.popFirst().flatMap({ Shell(rawValue: $0) }) else { return }
    if words.first == "--" { words = words.dropFirst() }
    let typed = shell == .bash ? BashWords(Array(words)) : BashWords(whole: Array(words))
    guard let program = CommandOutline.program() else { return }
    let engine = CompletionEngine(catalogue: try Program.catalogue(), program: program, environment: ProcessEnvironment.settings)
    let answer = engine.answer(typed.words)
    for completion in answer.completions {
      let word = typed.visible(completion.word)
      Console.result(completion.help.isEmpty ? word : "\(word)\t\(completion.help)")
    }
    if answer.files { Console.result(":files") }
  }
}
