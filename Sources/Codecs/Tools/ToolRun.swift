import ChildProcesses
import SafeFiles

/// One call of a codec's program.
struct ToolRun {
  let step: ToolCodec.Step
  let path: String
  let input: String
  let output: String
  let codec: ToolCodec

  init(_ step: ToolCodec.Step, input: String, output: String, codec: ToolCodec) throws(ToolCodecError) {
    path = try step.program.path()
    (self.step, self.input, self.output, self.codec) = (step, input, output, codec)
  }

  /// Runs the program and returns the file that it wrote, and the seconds.
  func run(in folder: ScratchFolder, size: (Int, Int)) throws -> ([UInt8], Double) {
    let values = [
      "input": input, "output": output, "quality": QualityScale.text(codec.quality), "width": "\(size.0)", "height": "\(size.1)",
    ]
    let process = ChildProcess(path, CommandWords.filled(step.arguments, values), timeLimit: .seconds(codec.timeLimit))
    let clock = Stopwatch()
    let result = try process.run()
    let seconds = clock.seconds
    let command = ([step.program.name] + CommandWords.filled(step.arguments, ["quality": values["quality"] ?? ""])).joined(separator: " ")
    guard result.isSuccess else {
      throw ToolCodecError.failed(command: command, ending: result.ending, message: Self.lastLine(result))
    }
    guard ScratchFolder.holds(output) else { throw ToolCodecError.noOutput(command: command) }
    let bytes = try FileBytes.read(output)
    guard !bytes.isEmpty else { throw ToolCodecError.noOutput(command: command) }
    return (bytes, seconds)
  }

  private static func lastLine(_ result: ChildProcessResult) -> String {
    let text = result.messagesText.isEmpty ? result.outputText : result.messagesText
    return text.split(whereSeparator: \.isNewline).last.map { String($0.prefix(200)) } ?? ""
  }
}
