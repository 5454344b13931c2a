/// The state of a training run as one line; printing it is the caller's business.
public struct RunProgress: Sendable, Equatable {
  /// Steps done.
  public var step: Int
  /// Steps in all; nil where the run has no end.
  public var total: Int?
  /// The rate–distortion loss.
  public var loss: Double?
  /// Estimated bits per pixel.
  public var bpp: Double?
  /// PSNR in dB.
  public var psnr: Double?
  /// Throughput.
  public var imagesPerSecond: Double?
  /// The seconds the run will still take.
  public var secondsLeft: Double?

  /// Creates a state; what is nil is left out of the line.
  public init(
    step: Int, total: Int? = nil, loss: Double? = nil, bpp: Double? = nil, psnr: Double? = nil, imagesPerSecond: Double? = nil,
    secondsLeft: Double? = nil
  ) {
    self.step = step
    self.total = total
    self.loss = loss
    self.bpp = bpp
    self.psnr = psnr
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// The time left when `done` steps of this session took `seconds`; nil before the first step.
  public static func secondsLeft(step: Int, total: Int, done: Int, seconds: Double) -> Double? {
    done > 0 ? Double(max(total - step, 0)) * seconds / Double(done) : nil
  }

  /// One line, for example `step  1,200/10,000 (12.0 %) · loss 1.2345 · bpp 0.456 · PSNR 28.31 dB · 153.2 images/s · 1h 02m left`.
  ///
  /// The step is padded to the width of the total, so that the parts stand under each other.
  public var line: String {
    var parts = [place]
    if let loss { parts.append("loss \(NumberText.fixed(loss, decimals: 4))") }
    if let bpp { parts.append("bpp \(NumberText.fixed(bpp, decimals: 3))") }
    if let psnr { parts.append("PSNR \(NumberText.fixed(psnr, decimals: 2)) dB") }
    if let imagesPerSecond { parts.append("\(NumberText.fixed(imagesPerSecond, decimals: 1)) images/s") }
    if let secondsLeft { parts.append("\(NumberText.duration(secondsLeft)) left") }
    return parts.joined(separator: " · ")
  }

  private var place: String {
    let done = NumberText.grouped(step)
    guard let total, total > 0 else { return "step \(done)" }
    let all = NumberText.grouped(total)
    let padding = String(repeating: " ", count: max(all.count - done.count, 0))
    return "step \(padding)\(done)/\(all) (\(NumberText.fixed(100 * Double(step) / Double(total), decimals: 1)) %)"
  }
}
