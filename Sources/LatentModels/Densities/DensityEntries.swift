import Configuration
import EntropyCoding
public import Registry

/// The density families of the catalogue beside Gaussians, each of which makes a ``DensityPlan``; `models.Composed` takes them.
public enum DensityEntries {
  /// All of them.
  public static let all: [Entry] = locationScale + mixtures

  private static let local = "Hierarchical Priors/Local Context Modeling"
  private static let joint = "Hierarchical Priors/Global Context Modeling/Joint Priors"

  private static let locationScale: [Entry] = [
    Entry(
      ConditionalPriorKind.self, "prior.Laplacian", summary: "A Laplacian of predicted standard deviation and mean for each element.",
      leaf: local, paper: "fu2024learned",
      equation: "p(v) = F((½ − |v − μ|)/σ') − F((−½ − |v − μ|)/σ'), F(t) = ½·e^(√2·t) for t < 0, σ' = max(σ, scale_bound)",
      settings: LocationScaleSettings.self
    ) { settings, _ in LocationScalePlan("prior.Laplacian", .laplacian, settings: settings) },
    Entry(
      ConditionalPriorKind.self, "prior.Logistic", summary: "A logistic density of predicted standard deviation and mean for each element.",
      leaf: local, paper: "fu2024learned",
      equation: "p(v) = F((½ − |v − μ|)/σ') − F((−½ − |v − μ|)/σ'), F(t) = 1/(1 + e^(−π·t/√3)), σ' = max(σ, scale_bound)",
      settings: LocationScaleSettings.self
    ) { settings, _ in LocationScalePlan("prior.Logistic", .logistic, settings: settings) },
  ]

  private static let mixtures: [Entry] = [
    Entry(
      ConditionalPriorKind.self, "prior.GaussianMixture",
      summary: "A mixture of Gaussians of predicted weights, means and standard deviations.",
      leaf: "\(joint)/Gaussian Mixture Models", paper: "cheng2020learned",
      equation: "p(v) = Σ_k w_k·(Φ((½ − |v − μ_k|)/σ_k') − Φ((−½ − |v − μ_k|)/σ_k')), w = softmax of the predicted numbers",
      settings: MixtureSettings.self
    ) { settings, _ in
      MixturePlan(
        "prior.GaussianMixture", [StandardDistribution](repeating: .gaussian, count: settings.components), scaleBound: settings.scaleBound)
    },
    Entry(
      ConditionalPriorKind.self, "prior.GaussianLaplacianLogisticMixture",
      summary: "A mixture of Gaussians, Laplacians and logistic densities, as many of each.", leaf: "\(joint)/Gaussian Mixture Models",
      paper: "fu2024learned",
      equation: "p(v) = Σ_k w_k·(F_k((½ − |v − μ_k|)/σ_k') − F_k((−½ − |v − μ_k|)/σ_k')), F_k Gaussian, Laplacian or logistic",
      settings: ThreeFamilySettings.self
    ) { settings, _ in
      let components = [StandardDistribution.gaussian, .laplacian, .logistic].flatMap {
        [StandardDistribution](repeating: $0, count: settings.componentsOfEach)
      }
      return MixturePlan("prior.GaussianLaplacianLogisticMixture", components, scaleBound: settings.scaleBound)
    },
  ]
}

/// A location-scale family as a configuration describes it.
struct LocationScalePlan: DensityPlan {
  let classPath: String
  private let distribution: StandardDistribution
  private let settings: LocationScaleSettings

  init(_ classPath: String, _ distribution: StandardDistribution, settings: LocationScaleSettings) {
    (self.classPath, self.distribution, self.settings) = (classPath, distribution, settings)
  }

  var parametersPerElement: Int { 2 }

  func makeDensity() throws -> any ElementDensity {
    try LocationScaleDensity(
      distribution,
      scales: GaussianTables.logarithmicScales(from: settings.scalesMin, through: settings.scalesMax, count: settings.scalesLevels),
      scaleBound: settings.scaleBound, tailMass: settings.tailMass)
  }
}

/// A mixture as a configuration describes it.
struct MixturePlan: DensityPlan {
  let classPath: String
  private let shape: MixtureShape

  init(_ classPath: String, _ components: [StandardDistribution], scaleBound: Double) {
    self.classPath = classPath
    shape = MixtureShape(components, scaleBound: Float(scaleBound))
  }

  var parametersPerElement: Int { shape.parametersPerElement }

  func makeDensity() throws -> any ElementDensity { try MixtureDensity(shape) }
}
