import ArgumentParser
import BenchmarkClock
import Foundation
import ModelRegistry

/// Fills a registry with many results and times searches in it.
@main struct RegistryBenchmark: ParsableCommand {
  @Option(help: "The folder of the registry; one that is filled already is taken as it is.") var folder: String
  @Option(help: "How many results there are.") var results = 100_000
  @Option(help: "How often each search is made.") var repetitions = 9

  func run() throws {
    let opening = Clock.seconds { _ = try? RegistryStore(folder: folder) }
    let store = try RegistryStore(folder: folder)
    if try store.counts().isEmpty {
      let time = try Clock.seconds { try fill(store) }
      print("adding \(results) results of six points: \(Self.text(time))")
    }
    print("opening: \(Self.text(opening))")
    print("search                                     found   median   slowest")
    for (name, query) in try Self.queries(results) {
      var times: [Double] = []
      var found = 0
      for _ in 0..<repetitions { times.append(try Clock.seconds { found = try store.search(query).count }) }
      times.sort()
      print(
        name.padding(toLength: 40, withPad: " ", startingAt: 0), "\(found)", Self.text(times[times.count / 2]),
        Self.text(times[times.count - 1]), separator: "   ")
    }
  }

  private static func text(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1e3) }

  /// Results as of many runs: eight models, four data sets, points along a curve with some scatter, the same in every run of the program.
  private func fill(_ store: RegistryStore) throws {
    var state: UInt64 = 7
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    for start in stride(from: 0, to: results, by: 1000) {
      try store.add(
        (start..<min(start + 1000, results)).map { number in
          let quality = random() * 2
          let points = (0..<6).map { index in
            let rate = 0.1 * pow(1.7, Double(index)) * (0.8 + 0.4 * random())
            return RecordPoint(
              label: "q\(index)",
              values: [
                "bpp": rate, "bpp_file": rate * 1.01, "bpp_estimated": rate * 0.99, "lambda": 0.0018 * pow(2, Double(index)),
                "psnr": 33 + 3 * log2(rate / 0.4) + quality, "ms_ssim": 1 - 0.05 / (1 + 4 * rate), "encoding_time": 0.1 + random(),
                "decoding_time": 0.1 + random(),
              ])
          }
          let model = ["FactorizedPrior", "ScaleHyperprior", "MeanScaleHyperprior", "Cheng2020Anchor"][number % 4]
          return Record(
            hash: String(format: "%064x", number), kind: .results, name: "run \(number)",
            summary: "seed \(number % 97) of variant v\(number % 512)",
            size: 4096, date: "2026-11-25T00:00:00Z", model: "models.\(model)", dataset: ["Kodak", "CLIC", "Tecnick"][number % 3],
            details: ["cpu_model": "a processor"], points: points,
            references: [RecordReference(.weights, String(format: "%064x", number / 2))], words: "gdn lambda group\(number / 1000)")
        })
    }
  }

  private static func queries(_ results: Int) throws -> [(String, RegistryQuery)] {
    func query(_ change: (inout RegistryQuery) throws -> Void) rethrows -> RegistryQuery {
      var query = RegistryQuery()
      try change(&query)
      return query
    }
    func conditions(_ texts: String...) throws -> [RegistryQuery.Condition] {
      try texts.map { text in
        guard let condition = RegistryQuery.Condition(text) else { throw RegistryError.condition(text) }
        return condition
      }
    }
    return [
      ("the last fifty", query { _ in }), ("a word that all have", query { $0.words = ["gdn"] }),
      ("a word that one in 512 has", query { $0.words = ["v77"] }), ("a word that none has", query { $0.words = ["nothing"] }),
      ("beginnings of words", query { $0.words = ["se", "group1"] }), ("one model", query { $0.model = "Cheng2020Anchor" }),
      ("one model, one data set, a word", query { ($0.model, $0.dataset, $0.words) = ("ScaleHyperprior", "CLIC", ["v5"]) }),
      ("psnr>=32", try query { $0.conditions = try conditions("psnr>=32") }),
      ("psnr>=41.8", try query { $0.conditions = try conditions("psnr>=41.8") }),
      ("psnr>=32, bpp<0.5", try query { $0.conditions = try conditions("psnr>=32", "bpp<0.5") }),
      ("psnr>=36, bpp<0.3 (none)", try query { $0.conditions = try conditions("psnr>=36", "bpp<0.3") }),
      ("psnr>=34.4, bpp<0.4, a word", try query { ($0.conditions, $0.words) = (try conditions("psnr>=34.4", "bpp<0.4"), ["v5"]) }),
      ("bpp>1.5, encoding_time<0.101", try query { $0.conditions = try conditions("bpp>1.5", "encoding_time<0.101") }),
    ]
  }
}
