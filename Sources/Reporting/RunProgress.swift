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
  /// The loss of the quantiles.
  public var auxiliaryLoss: Double?
  /// The learning rate of the network.
  public var learningRate: Double?
  /// Steps a second.
  public var stepsPerSecond: Double?
  /// Pictures a second.
  public var imagesPerSecond: Double?
  /// The seconds the run will still take.
  public var secondsLeft: Double?

  /// Creates a state; what is nil is left out of the line.
  public init(
    step: Int, total: Int? = nil, loss: Double? = nil, bpp: Double? = nil, psnr: Double? = nil, auxiliaryLoss: Double? = nil,
    learningRate: Double? = nil, stepsPerSecond: Double? = nil, imagesPerSecond: Double? = nil, secondsLeft: Double? = nil
  ) {
    self.step = step
    self.total = total
    self.loss = loss
    self.bpp = bpp
    self.psnr = psnr
    self.auxiliaryLoss = auxiliaryLoss
    self.learningRate = learningRate
    self.stepsPerSecond = stepsPerSecond
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
  }

  /// The time left when `done` steps of this session took `seconds`; nil before the first step.
  public static func secondsLeft(step: Int, total: Int, done: Int, seconds: Double) -> Double? {
    done > 0 ? Double(max(total - step, 0)) * seconds / Double(done) : nil
  }

  /// One line, for example
  /// `step  1,200/10,000 (12.0 %) · 19.2 it/s · 153.2 images/s · 1h 02m left · loss 1.2345 · bpp 0.456 · PSNR 28.31 dB · aux 12.3 · lr 1.0e-04`.
  ///
  /// The step is padded to the width of the total, so that the parts stand under each other.
  public var line: String { text(of: parts) }

  /// The line in at most `width` columns: the parts that matter least are left out, and a rest that is still too long is cut.
  public func line(width: Int) -> String {
    var shown = parts
    while text(of: shown).count > width, let least = shown.indices.dropFirst().max(by: { shown[$0].rank < shown[$1].rank }) {
      shown.remove(at: least)
    }
    return String(text(of: shown).prefix(max(width, 0)))
  }

  private func text(of parts: [(rank: Int, text: String)]) -> String { parts.map(\.text).joined(separator: " · ") }

  /// The parts in their order; those of a higher rank are left out first.
  private var parts: [(rank: Int, text: String)] {
    var parts = [(rank: 0, text: place)]
    if let stepsPerSecond { parts.append((6, "\(NumberText.fixed(stepsPerSecond, decimals: stepsPerSecond < 10 ? 2 : 1)) it/s")) }
    if let imagesPerSecond { parts.append((7, "\(NumberText.fixed(imagesPerSecond, decimals: 1)) images/s")) }
    if let secondsLeft { parts.append((1, "\(NumberText.duration(secondsLeft)) left")) }
    if let loss { parts.append((2, "loss \(NumberText.fixed(loss, decimals: 4))")) }
    if let bpp { parts.append((3, "bpp \(NumberText.fixed(bpp, decimals: 3))")) }
    if let psnr { parts.append((4, "PSNR \(NumberText.fixed(psnr, decimals: 2)) dB")) }
    if let auxiliaryLoss { parts.append((8, "aux \(NumberText.fixed(auxiliaryLoss, decimals: 1))")) }
    if let learningRate { parts.append((5, "lr \(NumberText.scientific(learningRate))")) }
    return parts
  }

  private var place: String {
    let done = NumberText.grouped(step)
    guard let total, total > 0 else { return "step \(done)" }
    let all = NumberText.grouped(total)
    let padding = String(repeating: " ", count: max(all.count - done.count, 0))
    return "step \(padding)\(done)/\(all) (\(NumberText.fixed(100 * Double(step) / Double(total), decimals: 1)) %)"
  }
}
