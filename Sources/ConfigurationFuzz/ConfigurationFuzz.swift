import Foundation
import SafeFiles

/// Reads damaged configurations and stops at the first that is neither understood nor refused with a sentence.
///
/// Mutations are numbered, and each follows from the seed and its number alone: `ConfigurationFuzz 1 SEED NUMBER` makes one again.
@main
struct ConfigurationFuzz {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
    let numbers = arguments.compactMap(\.self)
    guard arguments.count <= 3, numbers.count == arguments.count, let mutations = Int(exactly: numbers.first ?? 10_000),
      let first = Int(exactly: numbers.dropFirst(2).first ?? 0), mutations <= Int.max - first
    else { fail("usage: ConfigurationFuzz [mutations] [seed] [first mutation], whole numbers from 0 on", code: 2) }
    let seed = numbers.dropFirst().first ?? 1
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("benchpresso-fuzz-\(UUID().uuidString)").path
    print("seed \(seed), mutations \(first) ..< \(first + mutations); after a crash the last one lies in \(folder)")
    do {
      try Folder.create(folder)
      let tally = try ConfigurationFuzzer(seed: seed, folder: folder).run(mutations: mutations, first: first)
      try FileManager.default.removeItem(atPath: folder)
      print("\(mutations) mutations, \(tally.refused) refused, \(tally.accepted) accepted")
    } catch {
      fail("seed \(seed): \(error)", code: 1)
    }
  }

  private static func fail(_ sentence: String, code: Int32) -> Never {
    print(sentence)
    exit(code)
  }
}
