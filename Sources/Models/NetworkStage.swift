public import Registry

/// What is known of one stage of a ``StagedNetwork`` before it is built.
public struct NetworkStage: Sendable {
  /// What a stage is for.
  public enum Role: String, Sendable, CaseIterable {
    /// It changes the sides, or the number of channels.
    case resampling
    /// It is a non-linearity.
    case nonlinearity
    /// It adds what it makes of its input to it, of convolutions alone.
    case residual
    /// It weighs places by each other, or masks them.
    case attention
  }

  /// What it is for.
  public let role: Role
  /// The channels of its output; of all but resampling also those of its input.
  public let channels: StatedNumber

  /// Creates a description.
  public init(_ role: Role, _ channels: StatedNumber) { (self.role, self.channels) = (role, channels) }

  /// Stages of a role, one after the other.
  static func several(_ count: Int, _ role: Role, _ channels: StatedNumber) -> [NetworkStage] {
    Array(repeating: NetworkStage(role, channels), count: count)
  }
}
