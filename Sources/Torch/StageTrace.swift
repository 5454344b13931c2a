import Synchronization

/// A part of the work of coding whose time can be told by itself.
public enum CodingStage: String, Sendable, Codable, CaseIterable {
  /// 8-bit pixels to a padded tensor, or a tensor to 8-bit pixels.
  case conversion
  /// g_a.
  case analysis
  /// h_a.
  case hyperAnalysis = "hyper_analysis"
  /// What says how the latent is distributed: quantisation of z, h_s and the scales and means that it gives.
  case entropyParameters = "entropy_parameters"
  /// Quantisation and the entropy coder; with a context model also the walk over the latent that predicts each element.
  case entropyCoding = "entropy_coding"
  /// g_s.
  case synthesis
}

/// The times of the stages of coding, one after the other.
///
/// A device that works in the background is waited for before and after each stage, so that what one stage started is not counted for the
/// next. Stages do not lie inside each other. Where nothing is recorded a stage costs the look-up of one task-local value.
public final class StageTrace: Sendable {
  /// What one stage took.
  public struct Record: Sendable, Equatable {
    /// The stage.
    public let stage: CodingStage
    /// Seconds of a monotonic clock.
    public let seconds: Double
  }

  private let device: Device
  private let state = Mutex<[Record]>([])

  @TaskLocal static var current: StageTrace?

  private init(device: Device) { self.device = device }

  /// Returns the value of `body` and what the stages in it took, in their order.
  public static func recording<Value>(on device: Device = .cpu, _ body: () throws -> Value) throws -> (value: Value, records: [Record]) {
    let trace = StageTrace(device: device)
    let value = try $current.withValue(trace) { try body() }
    return (value, trace.state.withLock { $0 })
  }

  /// Does `body` as a stage.
  public static func measuring<Value>(_ stage: CodingStage, _ body: () throws -> Value) throws -> Value {
    guard let trace = current else { return try body() }
    try trace.synchronize()
    let start = ContinuousClock.now
    let value = try body()
    try trace.synchronize()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    trace.state.withLock { $0.append(Record(stage: stage, seconds: seconds)) }
    return value
  }

  private func synchronize() throws {
    if device != .cpu { try Runtime.synchronize(device) }
  }
}
