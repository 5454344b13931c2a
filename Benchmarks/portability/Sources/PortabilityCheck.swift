import ArgumentParser
import ChildProcesses
import Foundation
import SafeFiles

/// Encodes and decodes under several instruction sets and numbers of threads, each side in a process of its own, and tells what differs.
@main
struct PortabilityCheck: ParsableCommand {
  static let configuration = CommandConfiguration(subcommands: [Check.self, LatentDump.self], defaultSubcommand: Check.self)
}

/// The check itself; prints a table in Markdown.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "check")

  @Option(help: "The program to check.") var program = ".build/release/benchpresso"
  @Option(help: "Models; without it all.") var models: [String] = TrialModel.names
  @Option(help: "Non-linearities; without it all.") var activations: [String] = TrialModel.activations
  @Option(help: "Seeds of the random weights.") var seeds: [UInt64] = [7]
  @Option(help: "Weights from files instead of random ones.") var weights: [String] = []
  @Flag(help: "Models of the usual size (N=128, M=192) and one picture of 768×512, instead of small ones and small pictures.")
  var large = false
  @Flag(help: "Only four circumstances instead of all 18.") var few = false
  @Flag(inversion: .prefixedNo, help: "Compare tables and latents, too.") var latents = true
  @Flag(help: "Tell each difference.") var verbose = false

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("portability-\(UUID().uuidString)").path
    try Folder.create(folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let pictures = try TrialPictures.write(large ? [TrialPictures.large] : TrialPictures.sizes, to: "\(folder)/pictures")
    print(OutcomeTable.head)
    for file in weights { try check(file, label: file, circumstances: few ? Circumstances.few : Circumstances.all, pictures, folder) }
    guard weights.isEmpty else { return }
    for name in models {
      for activation in name == "FactorizedPriorReLU" ? ["ReLU"] : activations {
        for seed in seeds {
          let file = "\(folder)/weights.safetensors"
          let model = TrialModel(name: name, activation: activation, channels: large ? 128 : 4, expansion: large ? 192 : 6)
          try model.write(seed: seed, to: file)
          // All circumstances once for each model; the non-linearities are computed by few operators.
          let isFirst = activation == "GDN" || name == "FactorizedPriorReLU"
          try check(
            file, label: "\(name) \(activation)", circumstances: few || !isFirst ? Circumstances.few : Circumstances.all, pictures, folder)
        }
      }
    }
  }

  private func check(
    _ weights: String, label: String, circumstances: [Circumstances], _ pictures: [String], _ folder: String
  ) throws {
    let scratch = "\(folder)/trial"
    try Folder.create(scratch)
    let trial = Trial(
      program: program, own: latents ? CommandLine.arguments[0] : nil, weights: weights, pictures: pictures, circumstances: circumstances,
      folder: scratch)
    let outcome = try trial.run()
    print(OutcomeTable.row(label, outcome))
    if verbose { for note in outcome.notes { print("    \(note)") } }
    fflush(nil)
    try FileManager.default.removeItem(atPath: scratch)
  }
}
