import Configuration
import Layers
import Registry
import Testing
import Torch

struct LayerEntriesTests {
  private func build(_ component: Component<NonlinearityKind>, suggesting: [String: Node] = [:]) throws -> any Layer {
    try Catalogue(LayerEntries.all).build(component, as: (any Layer).self, suggesting: suggesting)
  }

  @Test func theSurroundingsGiveChannelsAndDirection() throws {
    let suggestions = ["channels": Node(.int(3)), "inverse": Node(.bool(true))]
    let layer = try build(Component("nonlinearity.GDN", ["gamma_init": 1]), suggesting: suggestions)
    // β = 1, γ = I: IGDN(1) = √2 in each of the three channels.
    let found = try layer.forward(Tensor.full([1, 3, 1, 1], 1)).detached().elements()
    #expect(found.count == 3 && found.allSatisfy { abs($0 - Float(2).squareRoot()) < 1e-6 })
  }

  @Test func whatIsWrittenGoesBeforeWhatTheSurroundingsSay() throws {
    let layer = try build(Component("nonlinearity.GDN", ["channels": 2]), suggesting: ["channels": Node(.int(3))])
    #expect(layer.parameterCount == 2 + 4)
  }

  @Test(arguments: ["nonlinearity.ReLU", "torch.nn.ReLU"])
  func rectifiedLinear(name: String) throws {
    let layer = try build(Component(name), suggesting: ["channels": Node(.int(3))])
    #expect(layer.members.isEmpty)
    #expect(try layer.forward(Tensor([Float(-1), 2], shape: [2])).elements() == [0, 2])
  }

  /// One name for each direction of every normalization, by which a configuration can call it.
  @Test(
    arguments: [
      ("GDN", 1), ("compressai.layers.GDN", 1), ("nonlinearity.1DN", 1), ("OneDN", 1), ("activations.OneDivisiveNormalization", 1),
      ("compressai.layers.GDN1", 1), ("GSDN", 2), ("activations.GeneralizedSubtractiveDivisiveNormalization", 2),
    ])
  func normalizations(name: String, pools: Int) throws {
    let suggestions = ["channels": Node(.int(3)), "inverse": Node(.bool(true))]
    let layer = try build(Component(name), suggesting: suggestions)
    #expect(layer.parameterCount == pools * 12)
    // β = 1, γ = 0.1·I and τ = 0.1·I: the inverse makes numbers larger.
    let found = try layer.forward(Tensor.full([1, 3, 1, 1], 1)).detached().elements()
    #expect(found.allSatisfy { $0 > 1.04 })
  }

  @Test func exponentsAndSigns() throws {
    // GDN with α = ε = 1 is 1DN.
    let layer = try build(Component("GDN", ["channels": 1, "alpha": 1, "epsilon": 1]))
    #expect(try abs(layer.forward(Tensor.full([1, 1, 1, 1], 5)).detached().item() - 5 / 1.5) < 1e-6)
    let signed = try build(Component("GSDN", ["channels": 1, "signed": true, "tau_init": -1, "gamma_init": 0]))
    #expect(try abs(signed.forward(Tensor.full([1, 1, 1, 1], 5)).detached().item() - 10) < 1e-6)
  }

  @Test(
    arguments: [
      ("torch.nn.LeakyReLU", Node.map([]), -0.02), ("LeakyReLU", ["negative_slope": 0.5], -1), ("torch.nn.GELU", Node.map([]), -0.0455),
      ("activations.GELU", ["approximate": "tanh"], -0.0454),
    ] as [(String, Node, Double)])
  func units(name: String, arguments: Node, expected: Double) throws {
    let found = try build(Component(name, arguments)).forward(Tensor([Float(-2)], shape: [1])).item()
    #expect(abs(found - expected) < 1e-4)
  }

  @Test func identity() throws {
    let input = try Tensor.zeros([1])
    #expect(try build(Component("nonlinearity.Identity")).forward(input) === input)
  }

  @Test(
    arguments: [
      ("GDN", "channels", 0), ("GDN", "beta_min", -1), ("GDN", "gamma_init", -0.1), ("GDN", "alpha", 0.5), ("GDN", "epsilon", 0),
      ("OneDN", "channels", 0), ("OneDN", "beta_min", -1), ("GSDN", "gamma_init", -1), ("GSDN", "tau_init", -0.1),
      ("LeakyReLU", "negative_slope", .init(.double(.infinity))), ("GELU", "approximate", "sigmoid"),
    ] as [(String, String, Node)])
  func settingsOutOfRangeAreRefused(name: String, key: String, value: Node) throws {
    let component = Component<NonlinearityKind>(name, Node.map([(key, value)]))
    let error = try #require(throws: ConfigurationError.self) { _ = try build(component) }
    #expect("\(error)".contains(key), "\(error)")
  }
}
