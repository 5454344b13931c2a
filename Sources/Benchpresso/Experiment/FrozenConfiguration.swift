import Configuration
import Results
import SafeFiles
import Training

/// The resolved configuration of a run, with a header that says what made it: version, commit, host, command line.
struct FrozenConfiguration {
  let file: ExperimentFile
  let stage: String

  init(_ file: ExperimentFile, stage: String) {
    self.file = file
    self.stage = stage
  }

  /// The text.
  var text: String { file.yaml(header: header) }

  /// Writes `config.yaml` of a new run; a run that goes on keeps its own and gets `config-step-N.yaml` beside it.
  func write(to folder: RunFolder, step: Int) throws {
    guard PathText.exists(folder.configuration) else {
      try AtomicFile.write(text, to: folder.configuration)
      return
    }
    try AtomicFile.write(text, to: "\(folder.path)/config-step-\(step).yaml")
  }

  private var header: [String] {
    let program = SourceCommit.ofProgram
    let here = SourceCommit(below: PathText.workingDirectory)
    var lines = ["benchpresso \(BuiltIn.version)" + (program.map { ", commit \($0.hash)" } ?? "")]
    if let here, here != program { lines.append("working directory: commit \(here.hash) of \(here.folder)") }
    lines.append("host: \(Machine.hostName), \(Machine.date())")
    lines.append("stage: \(stage)")
    lines.append("command: \(Self.command)")
    return lines
  }

  /// The command line as a shell would read it.
  private static var command: String {
    (["benchpresso"] + CommandLine.arguments.dropFirst()).map { word in
      let isPlain =
        !word.isEmpty
        && word.unicodeScalars.allSatisfy {
          $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_-./=+:,@%".unicodeScalars.contains($0)
        }
      let oneLine = word.replacing("\n", with: " ")
      return isPlain ? word : "'" + oneLine.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}
