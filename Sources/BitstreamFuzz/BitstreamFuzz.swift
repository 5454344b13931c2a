import Foundation
import Results
import SafeFiles

/// Decodes damaged bitstreams of tiny models and stops at the first that is neither a picture nor refused with an error of the codec.
///
/// Mutations are numbered for each model, and each follows from the seed and its number alone: `BitstreamFuzz 1 SEED NUMBER MODEL` makes one again.
@main
struct BitstreamFuzz {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    let numbers = words.prefix(3).map { UInt64($0) }
    let models = words.count > 3 ? words.dropFirst(3).map { String($0) } : BitstreamFuzzer.models
    guard !numbers.contains(nil), models.allSatisfy(BitstreamFuzzer.models.contains),
      let mutations = Int(exactly: numbers.first.flatMap(\.self) ?? 10_000),
      let first = Int(exactly: numbers.dropFirst(2).first.flatMap(\.self) ?? 0), mutations <= Int.max - first
    else {
      fail(
        "usage: BitstreamFuzz [mutations] [seed] [first mutation] [model]..., whole numbers from 0 on and of \(BitstreamFuzzer.models)",
        code: 2)
    }
    let seed = numbers.dropFirst().first.flatMap(\.self) ?? 1
    for model in models { run(model, seed: seed, mutations: first..<first + mutations) }
  }

  private static func run(_ model: String, seed: UInt64, mutations: Range<Int>) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bitstream-fuzz-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let start = ContinuousClock.now
    do {
      try Folder.create(folder)
      let watchdog = Watchdog(label: "\(model), seed \(seed)")
      let tally = try BitstreamFuzzer(model: model, seed: seed, folder: folder).run(mutations: mutations) { watchdog.begin($0) }
      watchdog.end()
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      let memory = Machine.peakResidentBytes >> 20
      print(
        "\(model): \(mutations.count) mutations, \(tally.refused) refused, \(tally.accepted) accepted, \(seconds) s, at most \(memory) MiB")
      fflush(nil)
    } catch {
      try? FileManager.default.removeItem(atPath: folder)
      fail("\(model), seed \(seed): \(error)", code: 1)
    }
  }

  private static func fail(_ sentence: String, code: Int32) -> Never {
    print(sentence)
    exit(code)
  }
}
