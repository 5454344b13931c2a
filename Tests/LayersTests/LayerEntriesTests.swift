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

  @Test func identity() throws {
    let input = try Tensor.zeros([1])
    #expect(try build(Component("nonlinearity.Identity")).forward(input) === input)
  }

  @Test(arguments: [("channels", Node(.int(0))), ("beta_min", Node(.double(-1))), ("gamma_init", Node(.double(-0.1)))])
  func numbersOutOfRangeAreRefused(key: String, value: Node) throws {
    let component = Component<NonlinearityKind>("nonlinearity.GDN", Node.map([(key, value)]))
    let error = try #require(throws: ConfigurationError.self) { _ = try build(component) }
    #expect("\(error)".contains(key), "\(error)")
  }
}
