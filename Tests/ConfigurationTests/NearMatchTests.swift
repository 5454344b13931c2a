import Configuration
import Testing

@Suite struct NearMatchTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("abc", "acb", 1), ("chanels", "channels", 1), ("kitten", "sitting", 3), ("", "abc", 3),
  ])
  func distance(left: String, right: String, expected: Int) {
    #expect(NearMatch.distance(left, right) == expected)
    #expect(NearMatch.distance(right, left) == expected)
  }

  @Test(arguments: [
    ("chanels", "channels"), ("Channels", "channels"), ("max_stepss", "max_steps"), ("betaMin", "beta_min"),
    ("models.nope.FactorizedPrior", "models.FactorizedPrior"), ("zzz", nil), ("n", nil),
  ])
  func best(word: String, expected: String?) {
    let names = ["channels", "max_steps", "beta_min", "models.FactorizedPrior", "models.MeanScaleHyperprior"]
    #expect(NearMatch.best(for: word, among: names).first == expected)
  }
}
