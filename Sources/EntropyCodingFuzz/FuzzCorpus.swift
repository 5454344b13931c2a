import EntropyCoding
import Mutations

/// A valid stream with what is needed to decode it.
struct CorpusStream {
  let tables: CodingTables
  let indexes: [Int32]
  let form: StreamForm
  let bytes: [UInt8]

  init(tables: CodingTables, indexes: [Int32], symbols: [Int32], form: StreamForm) throws {
    self.tables = tables
    self.indexes = indexes
    self.form = form
    bytes = try RANS.encode(symbols: symbols, indexes: indexes, tables: tables, form: form)
  }
}

/// The valid streams and containers that are damaged.
struct FuzzCorpus {
  let streams: [CorpusStream]
  let containers: [[UInt8]]

  init(generator: inout SplitMix64) throws {
    let rows: [[Int32]] = [[0, 6553, 19660, 45874, 58981, 65535, 65536], [0, 1000, 64000, 65536], [0, 65536]]
    let small = try CodingTables(rows: rows, offsets: [-2, -1, 0])
    let gaussian = try GaussianTables(scales: [0.11, 0.5, 2, 16]).tables
    var streams: [CorpusStream] = []
    func add(_ tables: CodingTables, _ indexes: [Int32], _ symbols: [Int32]) throws {
      for form in StreamForm.allCases {
        streams.append(try CorpusStream(tables: tables, indexes: indexes, symbols: symbols, form: form))
      }
    }
    try add(small, [], [])
    for (tables, spread, count) in [(small, 3, 1), (small, 3, 60), (small, 100_000, 40), (gaussian, 2, 90), (gaussian, 40, 60)] {
      let indexes = (0..<count).map { _ in Int32.random(in: 0..<Int32(tables.count), using: &generator) }
      let symbols = (0..<count).map { _ in Int32.random(in: -Int32(spread)...Int32(spread), using: &generator) }
      try add(tables, indexes, symbols)
    }
    let extremes: [Int32] = [.min, .max, 0, -1, .max, .min]
    try add(small, [0, 1, 2, 2, 0, 1], extremes)
    self.streams = streams
    containers = try [[1], [2, 3], [4, 5, 6, 0], [7], [8, 9], []].map { choice in
      try Container(
        modelIdentity: "models.FactorizedPrior", weightsHash: [1, 2, 3, 4, 5, 6, 7, 8],
        arithmetic: choice.count > 1 ? "2.13.0/AVX2" : "",
        tiling: choice.count == 4 || choice.isEmpty ? Container.Tiling(side: 1024, overlap: 32) : nil,
        streamForm: choice.isEmpty || choice[0] >= 7 ? .interleaved : .compatible, ratePosition: choice.count == 2 ? 3789 : nil, width: 767,
        height: 511,
        padding: Container.Padding(left: 0, top: 0, right: 1, bottom: 1),
        latentShapes: choice.map { _ in Container.SpatialShape(height: 32, width: 48) },
        payloads: choice.map { streams[$0].bytes }
      ).encode()
    }
  }
}
