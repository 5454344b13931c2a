import Benchpresso
import Configuration
import Foundation
import Layers
import Registry
import Testing
import Torch

@testable import CustomComponents

struct SwishTests {
  static let points: [Double] = [-3, -0.5, 0, 0.25, 2]

  @Test(arguments: [0, 1, 2.5])
  func values(beta: Double) throws {
    let input = try Tensor(Self.points.map(Float.init), shape: [1, 1, 1, 5])
    let found = try Swish(channels: 1, beta: beta).forward(input).elements(Float.self)
    for (x, y) in zip(Self.points, found) { #expect(abs(Double(y) - x / (1 + exp(-beta * x))) < 1e-6, "at \(x)") }
  }

  /// ∂(x·σ(βx))/∂β = x²·σ·(1 − σ), for each channel by itself.
  @Test func betaIsTrained() throws {
    let unit = try Swish(channels: 2, beta: 0.5)
    let input = try Tensor([-2, 1, 3, 0.5] as [Float], shape: [1, 2, 1, 2])
    try unit.forward(input).sum().backward()
    let parameter = try #require(unit.namedParameters().first)
    let gradient = try #require(try parameter.parameter.tensor.gradient()).elements(Float.self)
    func slope(_ x: Double) -> Double {
      let sigmoid = 1 / (1 + exp(-0.5 * x))
      return x * x * sigmoid * (1 - sigmoid)
    }
    #expect(parameter.name == "beta" && gradient.count == 2)
    #expect(abs(Double(gradient[0]) - slope(-2) - slope(1)) < 1e-5 && abs(Double(gradient[1]) - slope(3) - slope(0.5)) < 1e-5)
  }

  /// The place in the network says the channels; `inverse`, which the unit does not have, is passed over.
  @Test func isBuiltForItsPlace() throws {
    let catalogue = try BuiltIn.catalogue(adding: CustomComponents.entries)
    let component = Component<NonlinearityKind>("Swish", ["beta": 2])
    let unit: any Layer = try catalogue.build(component, suggesting: ["channels": 7, "inverse": true])
    #expect(unit.parameterCount == 7 && Swish.cost(channels: 7).others == 35)
  }

  @Test func mistakesAreTold() throws {
    let catalogue = try BuiltIn.catalogue(adding: CustomComponents.entries)
    let component = Component<NonlinearityKind>("nonlinearity.Swish", ["channels": 0])
    let error = try #require(throws: ConfigurationError.self) { try catalogue.build(component, as: (any Layer).self) }
    #expect("\(error)".contains("must be positive, found 0"), "\(error)")
  }
}
