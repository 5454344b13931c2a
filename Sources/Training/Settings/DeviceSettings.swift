public import Configuration

/// What computes, with Lightning's names of `accelerator`.
public enum Accelerator: String, Codable, CaseIterable, Sendable {
  /// A GPU where there is one, otherwise the processor.
  case auto
  /// The processor.
  case cpu
  /// A CUDA GPU; needs a libtorch built with CUDA.
  case cuda
  /// The same as cuda.
  case gpu
  /// Apple's GPU.
  case mps
}

/// The setting `devices`: the number of processes that train together, or `auto`.
public enum DeviceCount: NodeDecodable, Sendable, Equatable {
  /// As many as the launcher started.
  case auto
  /// So many.
  case count(Int)

  /// Reads a number or `auto`.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.string("auto"))
    switch (node.value, node.string) {
    case (_, "auto"), (.int(-1), _): self = .auto
    case (.int(let count), _) where count >= 1: self = .count(count)
    default:
      context.report(node.mark, path: path, "expected auto or a number of devices of at least 1, found \(node.summary)")
      throw ReportedProblem()
    }
  }

  /// `auto` or the number.
  public var node: Node {
    switch self {
    case .auto: "auto"
    case .count(let count): Node(.int(count))
    }
  }

  /// `auto or a number of devices`.
  public static var typeDescription: String { "auto or a number of devices" }
  /// A number, where -1 is `auto`, too.
  public static var form: SettingForm { .scalar(ScalarForm([.integer], texts: .choices(["auto"]), minimum: -1)) }
}
