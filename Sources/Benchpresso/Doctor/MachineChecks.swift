import Configuration
import Reporting
import Results
import SafeFiles
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Processor, memory and disk.
enum MachineChecks {
  static func all() -> [DoctorCheck] {
    [system, processor, memory, disk("disk here", "."), disk("disk of logs", TrainerSettings().defaultRootDir.path)]
  }

  private static var system: DoctorCheck { DoctorCheck("system", .ok, Machine.operatingSystem, purpose: "results files, which name it") }

  private static var processor: DoctorCheck {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    let limit = cpuLimit.map { ", of which this container may use \(NumberText.fixed($0, decimals: 1))" } ?? ""
    let purpose = "threads of tensors (trainer.threads) and of the loader (data.num_workers)"
    return DoctorCheck("processor", .ok, "\(Machine.cpuModel), \(cores) cores\(limit)", purpose: purpose)
  }

  private static var memory: DoctorCheck {
    let purpose = "training and large pictures"
    guard let (total, free) = MemorySize.current else { return DoctorCheck("memory", .warning, "the size is unknown", purpose: purpose) }
    let detail = "\(ByteCount.text(total))" + (free.map { ", \(ByteCount.text($0)) available" } ?? "")
    guard (free ?? total) < 1 << 31 else { return DoctorCheck("memory", .ok, detail, purpose: purpose) }
    return DoctorCheck(
      "memory", .warning, detail, purpose: purpose,
      remedy: "less than 2 GiB: end other programs, or take smaller values of batch_size and patch_size")
  }

  /// The free space where `path` is or would be made.
  private static func disk(_ name: String, _ path: String) -> DoctorCheck {
    let purpose = path == "." ? "results and bitstreams" : "checkpoints of trainings in '\(path)'"
    let folder = Folder.exists(path) ? path : "."
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else {
      return DoctorCheck(name, .warning, "the free space is unknown: \(String(cString: strerror(errno)))", purpose: purpose)
    }
    let free = Int(clamping: UInt64(facts.f_bavail) * UInt64(facts.f_frsize))
    guard access(folder, W_OK) == 0 else {
      return DoctorCheck(name, .warning, "nothing can be written to '\(folder)'", purpose: purpose, remedy: "check who owns the folder")
    }
    let detail = "\(ByteCount.text(free)) free"
    guard free < 1 << 30 else { return DoctorCheck(name, .ok, detail, purpose: purpose) }
    return DoctorCheck(name, .warning, detail, purpose: purpose, remedy: "less than 1 GiB: free some space before a training")
  }

  /// The processors that the control group of this process may use, where there is such a limit.
  private static var cpuLimit: Double? {
    guard let bytes = try? FileBytes.read("/sys/fs/cgroup/cpu.max") else { return nil }
    let numbers = String(decoding: bytes, as: UTF8.self).split { $0 == " " || $0 == "\n" }.map { Double($0) }
    guard numbers.count == 2, let quota = numbers[0], let period = numbers[1], period > 0 else { return nil }
    return quota / period
  }
}
