import Torch
import Training

/// What there is of memory for one process of a training.
struct MachineMemory: Equatable {
  let bytes: Int
  /// For example `this machine has 23.0 GB`.
  let words: String

  /// The limit that the settings of a training name, or what its device has; nil for no limit and where it is not known.
  ///
  /// - Throws: what is wrong with the device.
  static func limit(of session: Session) throws -> MachineMemory? {
    let trainer = session.experiment.trainer
    switch trainer.memoryLimit {
    case .off: return nil
    case .amount(let amount):
      return MachineMemory(bytes: amount.bytes, words: "trainer.memory_limit is \(ByteCount.gigabytes(amount.bytes))")
    case .auto:
      let device = try trainer.accelerator.device(localRank: session.place?.localRank ?? 0)
      if device != .cpu {
        return (try? device.memory()).map { MachineMemory(bytes: $0.total, words: "\(device.name) has \(ByteCount.gigabytes($0.total))") }
      }
      return MemorySize.current.map { machine(total: $0.total, processes: session.place?.localWorldSize ?? 1) }
    }
  }

  /// The memory of this machine, shared by processes that run at the same time.
  static func machine(total: Int, processes: Int) -> MachineMemory {
    let whole = "this machine has \(ByteCount.gigabytes(total))"
    return MachineMemory(bytes: total / processes, words: processes > 1 ? "\(whole) for \(processes) processes" : whole)
  }
}
