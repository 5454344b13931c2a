import Foundation
import Testing

/// Completion in the shells themselves; a shell that is not installed is passed over.
@Suite(.serialized) struct CompletionTests {
  struct Line: CustomTestStringConvertible, Sendable {
    /// The words after the program's name; the last is completed.
    let words: [String]
    /// What is offered among others.
    let offered: [String]
    /// What is not.
    var missing: [String] = []

    var testDescription: String { words.joined(separator: " ") }
  }

  static let lines = [
    Line(words: ["fi"], offered: ["fit"], missing: ["validate"]),
    Line(words: [""], offered: ["fit", "config", "completion"], missing: ["__complete"]),
    Line(words: ["fit", "--trainer.max_"], offered: ["--trainer.max_steps", "--trainer.max_epochs"], missing: ["--trainer.threads"]),
    Line(words: ["fit", "--trai"], offered: ["--trainer."], missing: ["--data"]),
    Line(words: ["fit", "--model", ""], offered: ["models.FactorizedPrior", "models.FactorizedPriorReLU"], missing: ["nonlinearity.GDN"]),
    Line(
      words: ["fit", "--model", "models.FactorizedPriorR"], offered: ["models.FactorizedPriorReLU"], missing: ["models.FactorizedPrior"]),
    Line(words: ["fit", "--model.activation."], offered: ["--model.activation.beta_min", "--model.activation.gamma_init"]),
    Line(
      words: ["fit", "--model.activation", "ReLU", "--model.activation."], offered: [], missing: ["--model.activation.beta_min"]),
    Line(words: ["fit", "--model.rate_distortion_function.loss_metric", ""], offered: ["mse", "ms_ssim"]),
    Line(words: ["fit", "--trainer.enable_progress_bar", "f"], offered: ["false"], missing: ["true"]),
    Line(words: ["fit", "--config", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["--config", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["fit", "-c", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["fit", "--config", "tiny.yaml", "--data.tr"], offered: ["--data.transform"]),
    Line(words: ["fit", "--config", "tiny.yaml", "--data.transform.p"], offered: ["--data.transform.patch_size"]),
    Line(words: ["config", "sh"], offered: ["show"]),
    Line(words: ["config", "show", "--seed"], offered: ["--seed_everything"]),
    Line(words: ["describe", "nonlinearity.G"], offered: ["nonlinearity.GDN"]),
    Line(words: ["completion", "z"], offered: ["zsh"]),
    Line(words: ["test", "--extra"], offered: ["--extra_ckpt"]),
    Line(words: ["run", "--rates"], offered: ["--rates_config"]),
    Line(words: ["fit", "--res"], offered: ["--resume"]),
    Line(words: ["fit", "--resume", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["compare", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["compare", "tiny.yaml", "--anchor", "ti"], offered: ["tiny.yaml"]),
    Line(words: ["compare", "--method", ""], offered: ["pchip", "akima"]),
    Line(words: ["encode", "--w"], offered: ["--weights"], missing: ["--trainer."]),
    Line(words: ["config", "show", "--origin", "--stage", ""], offered: ["fit", "predict"], missing: ["all"]),
    Line(words: ["run", "--stage", ""], offered: ["all", "fit"]),
    Line(words: ["config", "check", "--format", "j"], offered: ["json"]),
    Line(words: ["list", "model"], offered: ["models"]),
    Line(words: ["--config", "tiny.yaml", "fi"], offered: ["fit"]),
    Line(words: ["--config", "tiny.yaml", "fit", "--data.transform.p"], offered: ["--data.transform.patch_size"]),
    Line(words: ["--name", "fit", "te"], offered: ["test"]),
  ]

  static func shell(_ name: String) -> String? {
    ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  /// A folder with a file to complete, and the program where it is alone.
  private func folder(_ shell: String) throws -> TestFolder {
    let folder = try TestFolder()
    try folder.add("tiny.yaml", Tiny.configuration)
    var command = Command(["completion", shell], in: folder)
    command.program = try folder.lonelyProgram()
    let result = try command.run()
    try #require(result.status == 0 && result.messages.isEmpty, "\(result)")
    try folder.add("script", result.output)
    return folder
  }

  private func run(_ shell: String, _ script: String, _ arguments: [String], in folder: TestFolder) throws -> Command.Result {
    var command = Command(["-c", script] + arguments, in: folder)
    command.program = shell
    command.environment = ["PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME": folder.path, "TERM": "dumb"]
    return try command.run()
  }

  private func check(_ line: Line, _ result: Command.Result) {
    let offered = Set(result.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) })
    for word in line.offered { #expect(offered.contains(word), "\(word): \(result)") }
    for word in line.missing { #expect(!offered.contains(word), "\(word): \(result)") }
    #expect(result.status == 0, "\(result)")
  }

  /// Sources the script and calls its function as bash does: words are split at `=` too.
  @Test(
    .enabled(if: shell("bash") != nil),
    arguments: lines + [
      Line(words: ["fit", "--data.transform", "=", "transform.R"], offered: ["transform.RandomCrop"], missing: ["transform.NoCrop"]),
      Line(words: ["fit", "--data.transform", "="], offered: ["transform.RandomCrop", "transform.NoCrop"]),
      Line(words: ["fit", "--config", "=", "ti"], offered: ["tiny.yaml"]),
      Line(words: ["fit", "--model", "=", "FactorizedPriorReLU", "--model."], offered: ["--model.channels"], missing: ["--model.encoder"]),
    ])
  func bash(line: Line) throws {
    let folder = try folder("bash")
    let script = """
      source ./script
      complete -p benchpresso >/dev/null || exit 9
      COMP_WORDS=(benchpresso "$@"); COMP_CWORD=$#
      _benchpresso
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    check(line, try run(#require(Self.shell("bash")), script, ["bash"] + line.words, in: folder))
  }

  @Test(.enabled(if: shell("fish") != nil), arguments: lines + attached)
  func fish(line: Line) throws {
    let folder = try folder("fish")
    let text = "benchpresso " + line.words.joined(separator: " ")
    check(line, try run(#require(Self.shell("fish")), "source ./script; complete -C '\(text)'", [], in: folder))
  }

  /// Completes in a terminal that zsh makes itself, and lists what `compadd` is given.
  @Test(.enabled(if: shell("zsh") != nil), arguments: lines + attached)
  func zsh(line: Line) throws {
    let folder = try folder("zsh")
    try folder.add(
      "rc",
      """
      PS1=; autoload -Uz compinit; compinit -u -D
      source ./script
      compadd() {
        local -a found; builtin compadd -O found "$@"; (( ${#found} )) && print -l -- "${(@)found}" >> answer
        builtin compadd "$@"
      }
      list() { _main_complete; compstate[insert]=; compstate[list]=; print >> done }
      zle -C list complete-word list; bindkey '^X' list; print -r -- ready > ready

      """)
    let driver = """
      zmodload zsh/zpty
      zpty shell \(try #require(Self.shell("zsh"))) -f -i
      zpty -w shell 'source ./rc'
      repeat 600; do [[ -e ready ]] && break; sleep 0.05; done
      zpty -w -n shell $'benchpresso '"$*"$'\\x18'
      repeat 600; do [[ -e done ]] && break; sleep 0.05; done
      zpty -d shell
      [[ -e done ]] && cat answer 2>/dev/null; [[ -e done ]]
      """
    check(line, try run(#require(Self.shell("zsh")), driver, ["zsh"] + line.words, in: folder))
  }

  /// `--path=value` is one word for fish and zsh.
  static let attached = [
    Line(
      words: ["fit", "--data.transform=transform.R"], offered: ["--data.transform=transform.RandomCrop"],
      missing: ["--data.transform=transform.NoCrop"])
  ]
}
