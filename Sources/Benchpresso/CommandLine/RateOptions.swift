import ArgumentParser
import Benchmarking
import Codecs
import Images
import Models
import Reporting

/// The rate at which a model of several codes.
struct RateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The rate of a model of several: 0 for the lowest it was trained for, 1 for the next, 3.7 between; without it the highest.",
      valueName: "number"))
  var ratePoint: Double?
  @Option(help: ArgumentHelp("Bits per pixel of each file, which a model of several rates comes near to.", valueName: "bpp"))
  var targetBpp: Double?
  @Option(
    help: ArgumentHelp(
      "A picture of the size of each coded one that says the quality of each place, black the lowest and white the highest, for models that take one.",
      valueName: "picture"))
  var qualityMap: String?

  /// What is wrong with the options together.
  func validate() throws {
    if [ratePoint != nil, targetBpp != nil, qualityMap != nil].count(where: { $0 }) > 1 {
      throw ValidationError("--rate-point, --target-bpp and --quality-map all say the rate; give one")
    }
    if let targetBpp, !(targetBpp > 0 && targetBpp.isFinite) { throw ValidationError("--target-bpp must be above 0, found \(targetBpp)") }
    if let ratePoint, !(ratePoint >= 0 && ratePoint.isFinite) {
      throw ValidationError("--rate-point must be 0 or more, found \(ratePoint)")
    }
  }

  /// The rate that was named; nil for the highest.
  var position: RatePosition? { ratePoint.map { RatePosition($0) } }
}

/// A picture coded near to a wanted number of bits, by bisection over the axis of rates.
struct TargetedCoding {
  /// The file.
  let file: [UInt8]
  /// The rate that it was coded at.
  let rate: RatePosition

  /// How near to the target ends the search, as a share of it.
  static let tolerance = 0.005

  /// Codes until the file has about `target` bits per pixel.
  ///
  /// - Throws: `RateError` for a model of one rate.
  init(_ image: Image, codec: LearnedCodec, target: Double) throws {
    guard let axis = codec.rateAxis else { throw RateError.fixedRate(model: codec.identity) }
    let steps = axis.isContinuous ? RatePosition.codedSteps : 1
    var files: [Int: [UInt8]] = [:]
    let outcome = try RateSearch.run(
      count: (axis.lambdas.count - 1) * steps + 1, target: .bpp(target), tolerance: Self.tolerance * target
    ) { index in
      let file = try codec.at(RatePosition(Double(index) / Double(steps))).encode(image).file
      files[index] = file
      return RateSearch.Trial(index: index, bpp: Double(file.count * 8) / Double(image.width * image.height), psnr: .infinity)
    }
    file = files[outcome.best.index] ?? []
    rate = RatePosition(Double(outcome.best.index) / Double(steps))
  }

  /// Whether so many bits per pixel are what was asked for.
  static func isMet(_ bpp: Double, target: Double) -> Bool { abs(bpp - target) <= tolerance * target }
}
