import ArgumentParser
import BenchmarkClock
import Layers
import Torch

/// Times a deformable convolution with masks and its gradients: both for each line of its input, answered as JSON.
@main
struct DeformableBenchmark: ParsableCommand {
  @Option(help: "The channels of input and output.") var channels = 128
  @Option(help: "The sides of the input.") var side = 48
  @Option(help: "The threads of one operator.") var threads = 1

  func run() throws {
    try Runtime.setThreads(threads)
    let layer = try DeformableConvolution(inputChannels: channels, outputChannels: channels, seeds: SeedSequence(1))
    let leaves = [
      try Tensor.uniform([1, channels, side, side], in: -1...1, seed: 2),
      try Tensor.uniform([1, layer.offsetChannels, side, side], in: -2...2, seed: 3),
      try Tensor.uniform([1, layer.maskChannels, side, side], in: 0...1, seed: 4),
    ]
    for leaf in leaves { try leaf.setRequiresGradient() }
    while readLine() != nil {
      let (output, forward) = try Clock.measured { try layer.forward(leaves[0], offsets: leaves[1], masks: leaves[2]) }
      let backward = try Clock.seconds { try output.sum().backward() }
      Answer.write(["forward": forward, "backward": backward])
    }
  }
}
