import ArgumentParser
import BenchmarkClock
import Layers
import Torch

/// Times octave convolutions and ordinary ones of as many channels in turn, A B and then B A.
///
/// A round gives one ratio, the time of the ordinary one over that of the octave one: above 1 the octave one is faster.
@main
struct OctaveBenchmark: ParsableCommand {
  @Option(help: "The channels of input and output.") var channels = 128
  @Option(help: "The share of the channels for low frequencies.") var ratio = 0.5
  @Option(help: "The sides of the input.") var side = 96
  @Option(help: "The threads of one operator.") var threads = 1
  @Option(help: "The rounds that count.") var rounds = 20
  @Option(help: "The rounds before them.") var warmUp = 3
  @Option(help: "text or json.") var format = Format.text

  enum Format: String, ExpressibleByArgument { case text, json }

  func validate() throws {
    guard channels > 1, ratio > 0, ratio < 1, side > 1, threads > 0, rounds > 0, warmUp >= 0 else {
      throw ValidationError(
        "channels and side must be more than 1, ratio between 0 and 1, threads and rounds positive, warm-up not negative")
    }
  }

  func run() throws {
    try Runtime.setThreads(threads)
    let found = try ConvolutionPair.all(channels: channels, ratio: ratio, side: side).flatMap { pair in
      try [false, true].map { try Comparison(of: pair, training: $0, rounds: rounds, warmUp: warmUp) }
    }
    switch format {
    case .text:
      print("\(channels) channels, α = \(ratio), \(side)×\(side), threads: \(threads)")
      for each in found { print(each.text) }
    case .json:
      let head = "\"channels\": \(channels), \"ratio\": \(ratio), \"side\": \(side), \"threads\": \(threads), \"rounds\": \(rounds)"
      print("{\(head), \"measurements\": [\(found.map(\.json).joined(separator: ", "))]}")
    }
  }
}
