/// Numbers of heads that fit.
package enum AttentionHeads {
  /// Returns the greatest divisor of `channels` that is at most `most`.
  package static func fitting(_ most: Int, channels: Int) -> Int {
    stride(from: max(1, min(most, channels)), through: 1, by: -1).first { channels.isMultiple(of: $0) } ?? 1
  }
}
