/// A device that holds tensors, named as PyTorch names it.
public struct Device: Sendable, Equatable, Hashable, CustomStringConvertible {
  /// The name, for example `cpu`, `cuda:0` or `mps`.
  public let name: String

  /// Creates a device from its name.
  public init(_ name: String) { self.name = name }

  /// The processor.
  public static let cpu = Device("cpu")

  /// The device's name.
  public var description: String { name }
}
