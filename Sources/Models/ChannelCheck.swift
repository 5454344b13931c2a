/// The range of numbers of channels.
enum ChannelCheck {
  /// Returns a sentence for each number that is out of range; null is not looked at.
  static func problems(_ numbers: [(key: String, value: Int?)]) -> [(key: String, sentence: String)] {
    numbers.compactMap { key, value in
      guard let value, !(1...4096 ~= value) else { return nil }
      return (key, "must be in 1 ... 4096, found \(value)")
    }
  }
}
