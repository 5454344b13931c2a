import Torch

/// Which of the channel groups before a group it is predicted from.
public enum ChannelSupport: String, Codable, Sendable, CaseIterable {
  /// All of them.
  case all
  /// The first and the one before.
  case firstAndLast = "first_and_last"

  /// Returns the channels of group `number`'s support, as ranges.
  func ranges(of number: Int, groups: [Range<Int>]) -> [Range<Int>] {
    guard number > 0 else { return [] }
    switch self {
    case .all: return [groups[0].lowerBound..<groups[number - 1].upperBound]
    case .firstAndLast: return number == 1 ? [groups[0]] : [groups[0], groups[number - 1]]
    }
  }

  /// Returns the channels of group `number`'s support of a latent `[N, M, H, W]`.
  func taken(from latent: Tensor, number: Int, groups: [Range<Int>]) throws -> Tensor {
    let parts = try ranges(of: number, groups: groups).map { try latent.narrowed(1, from: $0.lowerBound, length: $0.count) }
    return parts.count == 1 ? parts[0] : try Tensor.concatenated(parts, along: 1)
  }
}

/// A latent's channels, cut into groups of given sizes.
enum ChannelGroups {
  /// Returns the ranges of groups of `sizes`.
  static func ranges(_ sizes: [Int]) -> [Range<Int>] {
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return start..<start + size
    }
  }
}
