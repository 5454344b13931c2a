import Torch

extension FrequencyCodebook {
  /// A frequency below which an entry counts as never used.
  static let neverUsed: Float = 1e-6

  /// Puts copies of other entries in the place of those that are never used.
  ///
  /// In each group as many never used entries as there are, and at most ⌊k/2⌋ of them, which are then drawn, become copies of different ones among
  /// the others. A copy moves away from its original since training draws among both. So does the authors' program, now and then; the
  /// paper does not tell it. The frequencies stay: those of a copy grow when it is used.
  ///
  /// - Parameter seed: where the draws come from.
  /// - Returns: how many entries were replaced.
  @discardableResult func reassign(seed: UInt64) throws -> Int {
    let frequencies = try frequencies.tensor.elements(Float.self)
    var sources = (0..<groups * size).map { Int64($0 % size) }
    var count = 0
    for group in 0..<groups {
      let draws = SeedSequence(SeedSequence.combined(seed, UInt64(group)))
      let unused = (0..<size).filter { frequencies[group * size + $0] < Self.neverUsed }
      let replaced = unused.count > size / 2 ? Array(Self.shuffled(unused, draws).prefix(size / 2)) : unused
      let others = Self.shuffled(Array(Set(0..<size).subtracting(replaced)).sorted(), draws)
      for (entry, source) in zip(replaced, others) { sources[group * size + entry] = Int64(source) }
      count += replaced.count
    }
    guard count > 0 else { return 0 }
    try withoutGradients {
      let places = try Tensor(sources, shape: [groups, size]).to(entries.tensor.device)
      try entries.tensor.assign(entries(at: places))
    }
    return count
  }

  /// Fisher and Yates' shuffle.
  private static func shuffled(_ numbers: [Int], _ draws: SeedSequence) -> [Int] {
    var numbers = numbers
    for place in numbers.indices.dropFirst().reversed() {
      numbers.swapAt(place, Int(draws.next() % UInt64(place + 1)))
    }
    return numbers
  }
}
