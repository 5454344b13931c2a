/// How fast a training goes.
public struct StepPace: Sendable, Equatable {
  /// The steps of a second, as a running mean.
  public let stepsPerSecond: Double
  /// The pictures of a second, as a running mean.
  public let imagesPerSecond: Double
  /// An estimate of the time left in seconds; nil where the end is not known.
  public let secondsLeft: Double?
  /// The share of the time so far in which the training waited for pictures, 0…1; validations and the first step are left out.
  public let waitingShare: Double

  /// Creates a report.
  public init(
    stepsPerSecond: Double, imagesPerSecond: Double, secondsLeft: Double? = nil, waitingShare: Double = 0
  ) {
    self.stepsPerSecond = stepsPerSecond
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
    self.waitingShare = waitingShare
  }
}
