import ArgumentParser
import Benchmarking
import Codecs
import Configuration
import Images
import Metrics
import Registry
import Reporting
import SafeFiles

/// Finds the quality that meets a rate or a PSNR.
struct Find: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the quality at which a codec meets a rate or a PSNR.",
    discussion: """
        benchpresso find --codec codecs.WebP --target-bpp 0.25 photo.png -o photo.webp
        benchpresso find --codec configs/codecs/avif444.yaml --target-psnr 32 photo.png
        benchpresso find --weights weights/quickstart/*.safetensors \\
            --target-bpp 0.25 --image photo.png

      Bisects the qualities of a classical codec, or several rate points of a learned one, which are given as their weights. The rate is that \
      of the whole file. The nearest that was seen is told, and written with -o.
      """)

  @Argument(help: ArgumentHelp("The picture (PNG, JPEG or PPM).", valueName: "picture")) var picture: String?
  @Option(help: ArgumentHelp("A class path, or a file of configs/codecs.", valueName: "codec")) var codec: String?
  @Option(parsing: .upToNextOption, help: ArgumentHelp("The weights of rate points, two files or more.", valueName: "files"))
  var weights: [String] = []
  @Option(help: ArgumentHelp("The picture, where --weights comes last.", valueName: "picture")) var image: String?
  @Option(help: ArgumentHelp("Bits per pixel of the file.", valueName: "bpp")) var targetBpp: Double?
  @Option(name: .customLong("target-psnr"), help: ArgumentHelp("PSNR in dB.", valueName: "dB")) var targetPSNR: Double?
  @Option(help: ArgumentHelp("How near ends the search; 0.001 bpp or 0.01 dB where not given.", valueName: "x")) var tolerance: Double?
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The file for the coded picture.", valueName: "file")) var output: String?
  @Option(help: "How the result is told.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let target = try target()
      guard let path = picture ?? image, picture == nil || image == nil else { throw UsageError.needs("find takes one picture") }
      let original = try ImageFile.read(path)
      let catalogue = try Program.catalogue()
      let candidates = try codec.map { try classical($0, catalogue) } ?? learned(catalogue)
      var files: [Int: [UInt8]] = [:]
      let step = tolerance ?? (targetBpp == nil ? 0.01 : 0.001)
      Interruption.listen()
      let outcome = try RateSearch.run(count: candidates.count, target: target, tolerance: step) { index in
        if let signal = Interruption.signal { throw Interrupted(signal: signal, sentence: "stopped; nothing is written") }
        let codec = try candidates.codec(index)
        let coded = try codec.encode(original)
        let decoded = try codec.decode(coded.file, name: path).image
        guard (decoded.width, decoded.height) == (original.width, original.height) else {
          throw BenchmarkError.size(
            name: path, codec: codec.identity, width: decoded.width, height: decoded.height, originalWidth: original.width,
            originalHeight: original.height)
        }
        files[index] = coded.file
        let bpp = Double(coded.file.count * 8) / Double(original.width * original.height)
        let trial = RateSearch.Trial(index: index, bpp: bpp, psnr: try PSNR().value(of: decoded, original: original) ?? .infinity)
        Console.note("tried \(candidates.label(index)): \(Self.text(trial))")
        return trial
      }
      if let output, let file = files[outcome.best.index] { try AtomicFile.write(file, to: output) }
      try tell(outcome, target, step, label: candidates.label(outcome.best.index))
    }
  }

  private func tell(_ outcome: RateSearch.Outcome, _ target: RateSearch.Target, _ tolerance: Double, label: String) throws {
    let best = outcome.best
    let (wanted, got) = targetBpp.map { ($0, best.bpp) } ?? (targetPSNR ?? 0, best.psnr)
    let isMet = abs(got - wanted) <= tolerance
    if !outcome.isMonotone { Console.note("note: the curve is not monotone among the trials; the nearest one seen is taken") }
    if !isMet { Console.note("note: no setting comes within \(tolerance) of the target; this one is the nearest that was tried") }
    switch format {
    case .text: Console.result("\(label): \(Self.text(best))")
    case .json:
      Console.result(
        try JSONOutput.text(
          Found(setting: label, bppFile: best.bpp, psnr: best.psnr.isFinite ? best.psnr : nil, isMet: isMet, trials: outcome.trials.count)))
    }
    if let output { Console.note("written: \(output)") }
  }

  private static func text(_ trial: RateSearch.Trial) -> String {
    "\(NumberText.fixed(trial.bpp, decimals: 4)) bits per pixel, \(NumberText.fixed(trial.psnr, decimals: 3)) dB"
  }

  private func target() throws -> RateSearch.Target {
    switch (targetBpp, targetPSNR) {
    case (let bpp?, nil) where bpp > 0 && bpp.isFinite: return .bpp(bpp)
    case (nil, let psnr?) where psnr > 0 && psnr.isFinite: return .psnr(psnr)
    default: throw UsageError.needs("find needs one target above 0: --target-bpp 0.25 or --target-psnr 32")
    }
  }

  /// The settings to choose from, from the smallest file to the largest.
  private struct Candidates {
    let count: Int
    let label: (Int) -> String
    let codec: (Int) throws -> any ImageCodec
  }

  private func classical(_ name: String, _ catalogue: Catalogue) throws -> Candidates {
    guard weights.isEmpty else { throw UsageError.needs("find takes --codec or --weights, not both") }
    let isFile = PathText.isConfigurationFile(name)
    let item: ConfigurationRequest.Item = isFile ? .file(name) : .option(Override(path: "codec", value: name))
    var composition = Composition(ConfigurationRequest(items: [item]), root: CodecStudy.self, catalogue: catalogue)
    let component = try composition.decode(CodecStudy.self).codec
    let first = try CodecStage.codec(component, quality: nil, catalogue)
    let scale = first.scale
    let standard = scale.standard.sorted()
    // A command's scale is as wide as its declared qualities.
    let isOpen = component.classPath == "codecs.Command"
    let (low, high) = isOpen ? (standard.first ?? 0, standard.last ?? 0) : (scale.range.lowerBound, scale.range.upperBound)
    let count = Int(((high - low) / scale.step).rounded()) + 1
    func quality(_ index: Int) -> Double {
      let value = low + Double(scale.rises ? index : count - 1 - index) * scale.step
      return (value * 1000).rounded() / 1000
    }
    return Candidates(
      count: count, label: { "\(scale.name) \(QualityScale.text(quality($0)))" },
      codec: { try first.at(quality: quality($0)) ?? CodecStage.codec(component, quality: quality($0), catalogue) })
  }

  private func learned(_ catalogue: Catalogue) throws -> Candidates {
    guard !weights.isEmpty else { throw UsageError.needs("find needs --codec CLASS or --weights FILE FILE …") }
    let models = try weights.map { (path: $0, model: try ModelUnderTest(path: $0, catalogue: catalogue)) }
      .sorted { $0.model.lambda < $1.model.lambda }
    return Candidates(count: models.count, label: { models[$0].path }, codec: { models[$0].model.codec })
  }
}

/// What was found, as JSON.
private struct Found: Encodable {
  let setting: String
  let bppFile: Double
  let psnr: Double?
  let isMet: Bool
  let trials: Int

  enum CodingKeys: String, CodingKey {
    case setting, psnr, trials
    case bppFile = "bpp_file"
    case isMet = "is_met"
  }
}
