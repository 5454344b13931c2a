import Datasets
import Testing

@Suite struct DeterministicRandomTests {
  @Test func dependsOnEveryPartOfTheKey() {
    var firsts: Set<UInt64> = []
    var keys = 0
    for seed: UInt64 in [0, 1, .max] {
      for purpose in [DeterministicRandom.Purpose.order, .transform, .quantizationNoise, .initialization] {
        for step in 0..<10 {
          for sample in 0..<10 {
            var random = DeterministicRandom(seed: seed, purpose: purpose, step: step, sample: sample)
            firsts.insert(random.next())
            keys += 1
          }
        }
      }
    }
    #expect(firsts.count == keys)
  }

  /// The numbers are a promise: a run of an older version can be repeated.
  ///
  /// Computed by a program in another language from the formula in the documentation.
  @Test func staysTheSame() {
    var random = DeterministicRandom(seed: 1, purpose: .transform, step: 2, sample: 3)
    let drawn = (0..<6).map { _ in random.integer(below: 1000) }
    #expect(drawn == [75, 455, 380, 735, 549, 414])
  }

  @Test func drawsEvenly() {
    var random = DeterministicRandom(seed: 5, purpose: .order)
    var counts = [Int](repeating: 0, count: 7)
    var mean = 0.0
    for _ in 0..<7000 {
      counts[random.integer(below: 7)] += 1
      let unit = random.unit()
      #expect(0 <= unit && unit < 1)
      mean += unit / 7000
    }
    #expect(counts.allSatisfy { 850...1150 ~= $0 })
    #expect(abs(mean - 0.5) < 0.02)
    #expect(random.integer(below: 1) == 0)
  }

  @Test(arguments: [0, 1, 2, 100])
  func permutes(count: Int) {
    var random = DeterministicRandom(seed: 9, purpose: .order)
    let order = random.permutation(count: count)
    #expect(order.sorted() == Array(0..<count))
    if count == 100 { #expect(order != order.sorted()) }
  }
}
