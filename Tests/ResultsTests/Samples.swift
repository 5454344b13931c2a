import Results

/// Small values the tests share.
enum Samples {
  static let images = [
    ImageResult(
      name: "a.png", width: 200, height: 300, estimatedBits: 5900, payloadBytes: 750, fileBytes: 825, psnr: 30, msSSIM: 0.9,
      encodingTime: 0.25,
      decodingTime: 0.5),
    ImageResult(
      name: "b, \"c\".png", width: 400, height: 300, estimatedBits: 59000, payloadBytes: 7500, fileBytes: 7575, psnr: 33, msSSIM: 0.99,
      encodingTime: 0.75, decodingTime: 1),
  ]

  static let small = ImageResult(
    name: "small.png", width: 160, height: 640, estimatedBits: nil, payloadBytes: 100, fileBytes: 100, psnr: 31, msSSIM: nil)
  static let same = ImageResult(
    name: "same.png", width: 200, height: 200, estimatedBits: nil, payloadBytes: 5, fileBytes: 9, psnr: .infinity, msSSIM: 1)

  static let environment = Environment(
    benchpressoVersion: "0.1.0", gitCommit: nil, libtorchVersion: "2.13.0", operatingSystem: "Debian GNU/Linux 12 (bookworm)",
    cpuModel: "a processor",
    threads: 2, date: "2026-01-31T23:59:59Z", seed: 1, codecVersions: ["libjpeg-turbo": "2.1.5"])

  static let model = ModelDescription(
    classPath: "models.FactorizedPrior",
    settings: .object(["n": .integer(32), "m": .integer(48), "beta_min": .number(1e-6), "activation": .null]),
    parameterCount: 12345, weightsSHA256: String(repeating: "0f", count: 32), trainingStep: 1000)

  static func file(_ points: [RatePoint]) -> ResultsFile {
    ResultsFile(
      name: "factorized", description: "A test.", model: model,
      dataset: DatasetDescription(name: "Two", folder: "pictures/two/", imageCount: 2),
      environment: environment, points: points)
  }

  /// A file with everything present, and one with every null there is.
  static let full = file([
    RatePoint(aggregating: images, label: "lambda 0.013", lambda: 0.013, model: model, notes: ["a note"]),
    RatePoint(aggregating: [images[1]], label: "one third", lambda: 1.0 / 3),
  ])
  static let measured = file([
    RatePoint(
      aggregating: [
        ImageResult(
          name: "a.png", width: 200, height: 300, estimatedBits: nil, payloadBytes: 750, fileBytes: 825, psnr: 30, msSSIM: 0.9,
          metrics: ["lpips_vgg": 0.25, "dists": .infinity]),
        ImageResult(
          name: "b.png", width: 200, height: 300, estimatedBits: nil, payloadBytes: 750, fileBytes: 825, psnr: 30, msSSIM: 0.9,
          metrics: ["lpips_vgg": 0.5, "dists": 0.125]),
      ], label: "quality 1")
  ])
  /// A rate point of a classical codec with all that only these have.
  static let classical = {
    var point = RatePoint(aggregating: [images[0]], label: "quality 1")
    (point.chromaFormat, point.encoderStartTime, point.decoderStartTime) = ("4:2:0", 0.25, 0.125)
    return file([point])
  }()
  static let nulls = file([RatePoint(aggregating: [small, same], label: "quality 1")])
}
