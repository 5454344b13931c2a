import Torch

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What decides on the last bits of a convolution: libtorch, the instructions that it uses, and a limit for those of oneDNN.
///
/// The number of threads is not among them, because the hyper synthesis of coding runs on one.
struct Arithmetic: Equatable {
  /// The version of libtorch.
  var libtorch: String
  /// The instruction set of libtorch's own kernels, for example `AVX2`; the device for others than the processor.
  var instructions: String
  /// The value of `ONEDNN_MAX_CPU_ISA`, in upper case; nil where it is not set.
  var limit: String?

  /// That of this process on a device.
  static func current(on device: Device) throws -> Arithmetic {
    let isProcessor = device == .cpu
    return Arithmetic(
      libtorch: plain(try Runtime.version()), instructions: plain(isProcessor ? try Runtime.cpuCapability() : device.name),
      limit: isProcessor ? ProcessInfo.processInfo.environment[limitName].flatMap { $0.isEmpty ? nil : plain($0.uppercased()) } : nil)
  }

  /// As a file states it: the parts with slashes between.
  var text: String { ([libtorch, instructions] + (limit.map { [$0] } ?? [])).joined(separator: "/") }

  init(libtorch: String, instructions: String, limit: String? = nil) {
    (self.libtorch, self.instructions, self.limit) = (libtorch, instructions, limit)
  }

  /// Reads what a file states; nil for another form.
  init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard 2...3 ~= parts.count, !parts.contains("") else { return nil }
    self.init(libtorch: parts[0], instructions: parts[1], limit: parts.count > 2 ? parts[2] : nil)
  }

  /// How this process could be made to compute as `other`, as the end of a sentence after "decode it".
  func remedy(for other: Arithmetic) -> String {
    guard libtorch == other.libtorch else { return "with libtorch \(other.libtorch) on a processor with \(other.instructions)" }
    var variables: [String] = []
    if instructions != other.instructions {
      guard let (own, wanted) = Self.rank(instructions, other.instructions), wanted < own else {
        return "on a processor with \(other.instructions)"
      }
      variables.append("ATEN_CPU_CAPABILITY=\(other.instructions.lowercased())")
      // Without a limit of its own the encoder's oneDNN had what its machine has.
      if other.limit == nil, other.instructions == "AVX2" { variables.append("\(Self.limitName)=AVX2") }
    }
    if let limit = other.limit, limit != self.limit { variables.append("\(Self.limitName)=\(limit)") }
    if other.limit == nil, limit != nil, variables.isEmpty { return "without \(Self.limitName)" }
    return "with \(variables.joined(separator: " ")) in the environment"
  }

  private static let limitName = "ONEDNN_MAX_CPU_ISA"

  private static func rank(_ own: String, _ other: String) -> (Int, Int)? {
    let order = ["DEFAULT", "AVX2", "AVX512"]
    guard let own = order.firstIndex(of: own), let other = order.firstIndex(of: other) else { return nil }
    return (own, other)
  }

  /// Visible ASCII without the separator, and short, as a file takes it.
  private static func plain(_ text: String) -> String {
    let characters = text.utf8.prefix(20).map { (0x21...0x7E).contains($0) && $0 != 0x2F ? $0 : 0x5F }
    return String(decoding: characters, as: UTF8.self)
  }
}
