#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Decodes damaged streams, tables and containers and stops at the first broken promise of the coder.
///
/// Run it under the address sanitizer: `swift run --sanitize=address EntropyCodingFuzz 100000`.
@main
struct EntropyCodingFuzz {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
    let mutations = Int(exactly: (arguments.first ?? nil) ?? 100_000)
    guard arguments.count <= 2, !arguments.contains(nil), let mutations else {
      fail("usage: EntropyCodingFuzz [mutations] [seed], both whole numbers from 0 on", code: 2)
    }
    let seed = (arguments.dropFirst().first ?? nil) ?? 1
    do {
      let tally = try Fuzzer(seed: seed).run(mutations: mutations)
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
