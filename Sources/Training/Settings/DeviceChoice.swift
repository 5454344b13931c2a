public import Torch

extension Accelerator {
  /// Returns the device of the process with the number `localRank` on its machine.
  ///
  /// - Throws: ``DeviceError`` when there is none of the kind.
  public func device(localRank: Int = 0) throws -> Device {
    switch self {
    case .cpu: return .cpu
    case .auto: return try Runtime.loadCUDA() ? Device("cuda:\(localRank)") : .cpu
    case .cuda, .gpu:
      guard try Runtime.loadCUDA() else { throw DeviceError.notAvailable(self) }
      return Device("cuda:\(localRank)")
    case .mps:
      #if os(macOS)
        return Device("mps")
      #else
        throw DeviceError.notAvailable(self)
      #endif
    }
  }
}

/// What is wrong with the choice of a device.
public enum DeviceError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The machine or the libtorch at hand has none of the kind.
  case notAvailable(Accelerator)

  /// One sentence with the place and the remedy.
  public var description: String {
    switch self {
    case .notAvailable(let accelerator):
      "trainer.accelerator is \(accelerator.rawValue), but no such device can be used here; available: cpu. A GPU needs a libtorch built for it "
        + "('benchpresso doctor' shows which one is used); leave accelerator at auto to use one where there is one"
    }
  }
}
