import Codecs
import Images
import Metrics
import Results

extension CodecTest {
  /// One pass over the pictures: collects batches of one size, codes them and keeps the rows.
  struct Run {
    let test: CodecTest
    let outputs: TestOutputs
    let total: Int
    let progress: (CodecTestProgress) throws -> Void
    var times = CodecTestTimes()
    private var clock = Stopwatch()
    private var batch: [TestPicture] = []
    private var rows: [ImageResult] = []
    private var isWarm: Bool
    private let behind: WorkBehind<Measured>
    private var usesBatches: Bool { test.options.batchSize > 1 && test.codec.codesBatches }

    init(test: CodecTest, outputs: TestOutputs, total: Int, progress: @escaping (CodecTestProgress) throws -> Void) {
      self.test = test
      self.outputs = outputs
      self.total = total
      self.progress = progress
      isWarm = !test.options.warmsUp
      behind = WorkBehind(overlaps: test.options.overlaps)
    }

    /// What is found of a picture after it was decoded.
    private struct Measured: Sendable {
      let row: ImageResult
      let metricSeconds: Double
      let writingSeconds: Double
    }

    /// The pictures that may wait to be measured.
    private static let mostBehind = 2

    /// Waits for what is still measured or written.
    func drain() { behind.drain() }

    /// Takes the next picture; codes the batch when it is full or the picture has another size.
    mutating func add(_ picture: TestPicture) throws {
      if let first = batch.first, (first.image.width, first.image.height) != (picture.image.width, picture.image.height) {
        try codeBatch()
      }
      batch.append(picture)
      if batch.count >= (usesBatches ? test.options.batchSize : 1) { try codeBatch() }
    }

    /// Codes what is left and returns the report.
    mutating func finish() throws -> CodecTestReport {
      try codeBatch()
      while let measured = try behind.next(beyond: 0) { try keep(measured) }
      times.total = clock.seconds
      return CodecTestReport(images: rows, times: times)
    }

    private mutating func codeBatch() throws {
      guard !batch.isEmpty else { return }
      let pictures = batch
      batch = []
      let images = pictures.map(\.image)
      let names = pictures.count == 1 ? pictures[0].name : "\(pictures[0].name) … \(pictures[pictures.count - 1].name)"
      try warmUp(images, names)
      let estimates = test.options.estimatesBits
      let (coded, estimate) = try step(\.encoding, names, "encode") { codec in
        estimates ? try codec.encodeForEstimation(images) : (try codec.encode(images), { nil })
      }
      let decoded = try step(\.decoding, names, "decode") { codec in try codec.decode(coded.map(\.file), name: names) }
      var bits: [Double]?
      if estimates {
        bits = try step(\.estimation, names, "estimate the bits of") { _ in try estimate() }
      }
      guard coded.count == images.count, decoded.count == images.count else {
        throw BenchmarkError.picture(
          name: names, step: "test", reason: "the codec '\(test.codec.identity)' gave another number of pictures")
      }
      for (offset, picture) in pictures.enumerated() {
        try measure(picture, coded[offset], decoded[offset], bits: bits?[offset], batchSize: pictures.count)
        while let measured = try behind.next(beyond: Self.mostBehind) { try keep(measured) }
      }
    }

    private mutating func keep(_ measured: Measured) throws {
      times.metrics += measured.metricSeconds
      times.writing += measured.writingSeconds
      rows.append(measured.row)
      try progress(CodecTestProgress(done: rows.count, total: total, result: measured.row, seconds: clock.seconds))
    }

    private mutating func measure(
      _ picture: TestPicture, _ coded: CodedImage, _ decoded: DecodedImage, bits: Double?, batchSize: Int
    ) throws {
      let (original, result, outputs) = (picture.image, decoded.image, outputs)
      guard (result.width, result.height) == (original.width, original.height) else {
        throw BenchmarkError.size(
          name: picture.name, codec: test.codec.identity, width: result.width, height: result.height, originalWidth: original.width,
          originalHeight: original.height)
      }
      // What uses libtorch stays on the codec's thread.
      let metrics = test.metrics
      let further = times.measuring(\.metrics) { FurtherMeasures(metrics, of: result, original: original) }
      var notes = batchSize > 1 ? ["times are the share of a batch of \(batchSize) pictures"] : []
      if test.options.overlaps { notes.append("times were taken while other pictures were read and measured") }
      let allNotes = notes + further.notes
      behind.add {
        var times = CodecTestTimes()
        let measures = try times.measuring(\.metrics) {
          (psnr: try PSNR().value(of: result, original: original), msSSIM: try MSSSIM().value(of: result, original: original))
        }
        try times.measuring(\.writing) { try outputs.write(picture, coded, result) }
        let row = ImageResult(
          name: picture.name, width: original.width, height: original.height, estimatedBits: bits, payloadBytes: coded.payloadByteCount,
          fileBytes: coded.file.count, psnr: measures.psnr, msSSIM: measures.msSSIM, encodingTime: coded.seconds,
          decodingTime: decoded.seconds, metrics: further.values, notes: allNotes)
        return Measured(row: row, metricSeconds: times.metrics, writingSeconds: times.writing)
      }
    }

    private mutating func warmUp(_ images: [Image], _ names: String) throws {
      guard !isWarm else { return }
      isWarm = true
      try step(\.warmUp, names, "encode") { codec in
        _ = try codec.decode(codec.encode(images).map(\.file), name: names)
      }
    }

    private mutating func step<Value>(
      _ time: WritableKeyPath<CodecTestTimes, Double>, _ names: String, _ verb: String, _ body: (any ImageCodec) throws -> Value
    ) throws -> Value {
      let codec = test.codec
      return try times.measuring(time) { try BenchmarkError.naming(names, verb) { try body(codec) } }
    }
  }
}
