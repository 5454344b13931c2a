/// What was measured on a whole data set at one rate point, with the images it was computed from.
///
/// Every value without `pooled` in its name is the plain mean over the images. A mean is null as soon as one image lacks the value: a mean
/// over fewer
/// images would stand beside a rate of others and would not be a point of the curve. ``notes`` name the images.
public struct RatePoint: Codable, Sendable, Equatable {
  /// The point's name, unique in its file, for example `quality 3` or `lambda 0.013`.
  public var label: String
  /// The weight of the distortion in training; null for a codec without one.
  @OrNull public var lambda: Double?
  /// Mean of the per-image estimated bits per pixel.
  @OrNull public var bppEstimated: Double?
  /// Mean of the per-image payload bits per pixel.
  public var bppPayload: Double
  /// Mean of the per-image file bits per pixel.
  public var bppFile: Double
  /// Estimated bits of all images over the pixels of all images.
  @OrNull public var bppEstimatedPooled: Double?
  /// Payload bits of all images over the pixels of all images.
  public var bppPayloadPooled: Double
  /// File bits of all images over the pixels of all images.
  public var bppFilePooled: Double
  /// Mean of the per-image PSNR in dB.
  @OrNull public var psnr: Double?
  /// Mean of the per-image MS-SSIM.
  @OrNull public var msSSIM: Double?
  /// Decibels of the mean MS-SSIM, −10·log10(1 − mean): what most papers plot.
  @OrNull public var msSSIMDecibels: Double?
  /// Mean of the per-image MS-SSIM decibels: another number than the decibels of the mean.
  @OrNull public var msSSIMDecibelsMean: Double?
  /// Mean encoding time in seconds.
  @OrNull public var encodingTime: Double?
  /// Mean decoding time in seconds.
  @OrNull public var decodingTime: Double?
  /// Means of the further quality measures of the images, by name (`lpips_vgg`); nil where none was asked for.
  public var metrics: [String: Double?]?
  /// How a classical codec stores the chroma planes, `4:4:4` or `4:2:0`; nil for other codecs.
  public var chromaFormat: String?
  /// Seconds that the encoder's process takes for a picture of almost no pixels, a part of ``encodingTime``; nil where not measured.
  public var encoderStartTime: Double?
  /// Seconds that the decoder's process takes for a picture of almost no pixels, a part of ``decodingTime``; nil where not measured.
  public var decoderStartTime: Double?
  /// The model of this point where each point has weights of its own; null where it is the file's.
  @OrNull public var model: ModelDescription?
  /// Remarks, among them the reason of every null that is not by design.
  public var notes: [String]
  /// The images, in the order they were measured.
  public var images: [ImageResult]

  enum CodingKeys: String, CodingKey {
    case label, lambda
    case bppEstimated = "bpp_estimated"
    case bppPayload = "bpp_payload"
    case bppFile = "bpp_file"
    case bppEstimatedPooled = "bpp_estimated_pooled"
    case bppPayloadPooled = "bpp_payload_pooled"
    case bppFilePooled = "bpp_file_pooled"
    case psnr
    case msSSIM = "ms_ssim"
    case msSSIMDecibels = "ms_ssim_db"
    case msSSIMDecibelsMean = "ms_ssim_db_mean"
    case encodingTime = "encoding_time"
    case decodingTime = "decoding_time"
    case chromaFormat = "chroma_format"
    case encoderStartTime = "encoder_start_time"
    case decoderStartTime = "decoder_start_time"
    case metrics, model, notes, images
  }

  /// Computes a rate point from its images.
  ///
  /// - Parameter images: At least one.
  public init(
    aggregating images: [ImageResult], label: String, lambda: Double? = nil, model: ModelDescription? = nil, notes: [String] = []
  ) {
    precondition(!images.isEmpty, "a rate point needs at least one image")
    let pixels = images.map { Double($0.pixels) }
    func pooled(_ rates: [Double]) -> Double {
      zip(rates, pixels).reduce(0) { $0 + $1.0 * $1.1 } / pixels.reduce(0, +)
    }
    let estimated = Self.complete(images.map(\.bppEstimated))
    let payload = images.map(\.bppPayload)
    let file = images.map(\.bppFile)
    self.label = label
    self.lambda = lambda
    self.model = model
    self.images = images
    self.notes = notes
    bppEstimated = estimated.map(Self.mean)
    bppPayload = Self.mean(payload)
    bppFile = Self.mean(file)
    bppEstimatedPooled = estimated.map(pooled)
    bppPayloadPooled = pooled(payload)
    bppFilePooled = pooled(file)
    psnr = Self.complete(images.map(\.psnr)).map(Self.mean)
    msSSIM = Self.complete(images.map(\.msSSIM)).map(Self.mean)
    msSSIMDecibels = msSSIM.flatMap(Decibels.msSSIM)
    msSSIMDecibelsMean = Self.complete(images.map(\.msSSIMDecibels)).map(Self.mean)
    encodingTime = Self.complete(images.map(\.encodingTime)).map(Self.mean)
    decodingTime = Self.complete(images.map(\.decodingTime)).map(Self.mean)
    metrics = Self.metrics(of: images)
    note(missing: "bpp_estimated", from: "bpp_estimated", \.bppEstimated)
    note(missing: "psnr", from: "psnr", \.psnr)
    note(missing: "ms_ssim", from: "ms_ssim", \.msSSIM)
    note(missing: "ms_ssim_db_mean", from: "ms_ssim", \.msSSIMDecibels)
    for name in (metrics ?? [:]).keys.sorted() { note(missing: name, from: name) { $0.metrics?[name] ?? nil } }
  }
}
