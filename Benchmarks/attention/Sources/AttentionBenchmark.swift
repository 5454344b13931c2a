import ArgumentParser
import BenchmarkClock
import Layers
import Torch
import Weights

/// Times blocks with given weights and inputs; each line of its input, 'ROW forward', 'ROW step', 'ROW check' or 'ROW count', is answered with a line of JSON.
@main
struct AttentionBenchmark: ParsableCommand {
  @Argument(help: "The folder with a file ROW.pth for each row.") var folder: String
  @Flag(help: "Pictures whose channels lie side by side.") var channelsLast = false
  @Option(help: "The threads of one operator.") var threads = 2

  func run() throws {
    try Runtime.setThreads(threads)
    var blocks: [String: Block] = [:]
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 2 else { throw ValidationError("expected a row and what to do, found '\(line)'") }
      let block = try blocks[words[0]] ?? Block(Row.named(words[0]), file: "\(folder)/\(words[0]).pth", channelsLast: channelsLast)
      blocks[words[0]] = block
      try block.answer(words[1])
    }
  }
}

private struct Block {
  let layer: any Layer
  let input: Tensor

  init(_ row: Row, file: String, channelsLast: Bool) throws {
    let stored = try WeightsFile.read(file)
    let state = stored.compactMap { each in
      each.name.hasPrefix("state/") ? (name: String(each.name.dropFirst("state/".count)), tensor: each.tensor) : nil
    }
    layer = try row.make(SeedSequence(1))
    try layer.load(StoredTensors(state), optionalBuffers: false)
    guard let picture = stored["input"] else { throw ValidationError("there is no input in '\(file)'") }
    input = try Tensor(picture).contiguous(channelsLast ? .channelsLast : .contiguous)
  }

  func answer(_ line: String) throws {
    switch line {
    case "forward":
      Answer.write(["seconds": try withoutGradients { try Clock.seconds { _ = try layer.forward(input) } }])
    case "step":
      for (_, parameter) in layer.namedParameters() { try parameter.tensor.setGradient(nil) }
      let picture = try watched()
      Answer.write(["seconds": try Clock.seconds { try layer.forward(picture).squared().mean().backward() }])
    case "check":
      let picture = try watched()
      let output = try layer.forward(picture)
      try output.squared().mean().backward()
      let gradient = try picture.gradient()?.absolute().sum().item() ?? 0
      Answer.write(["output": try output.detached().absolute().sum().item(), "gradient": gradient])
    case "count":
      Answer.write(["macs": try LayerTrace.recording { _ = try layer.forward(input) }.multiplyAccumulates])
    default: throw ValidationError("expected forward, step, check or count, found '\(line)'")
    }
  }

  /// The input as a tensor of its own that gets a gradient.
  private func watched() throws -> Tensor {
    let picture = try input.detached()
    try picture.setRequiresGradient()
    return picture
  }
}
