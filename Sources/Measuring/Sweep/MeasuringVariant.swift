import Crypto
import Weights

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A variant in a sweep.
public struct MeasuringVariant: Sendable, Equatable {
  /// The name in results.
  public let name: String
  /// What the measuring process makes ready.
  public let subject: SubjectDescription
  /// What else its numbers depend on, such as versions and the contents of its weights.
  public var context: String

  /// Creates a variant.
  public init(name: String, subject: SubjectDescription, context: String = "") {
    (self.name, self.subject, self.context) = (name, subject, context)
  }

  /// The SHA-256 of all that the point of this variant at a cell depends on.
  func key(_ cell: MeasuringCell) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let parts = [Data(name.utf8), Data(context.utf8), try encoder.encode(subject), try encoder.encode(cell)]
    return Hash.hexadecimal(Array(SHA256.hash(data: Data(parts.joined(separator: [0])))))
  }
}
