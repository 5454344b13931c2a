import Testing
import Torch

@testable import LatentModels

/// Predictions at some places are those of the whole, at the places of each group.
@Suite struct PlacePredictionTests {
  static let names = ["checkerboard", "multistage 2", "multistage 4", "space-channel", "space-channel first and last"]

  @Test(arguments: names, [0, 12]) func placesOfAGroupAreThoseOfTheWhole(name: String, hyperChannels: Int) throws {
    let context = try GroupedContexts.make(name, hyperChannels: hyperChannels)
    let (height, width) = (6, 7)
    let known = try Tensor.uniform([1, context.channels, height, width], in: -6...6, seed: 7)
    let hyper = hyperChannels > 0 ? try Tensor.uniform([1, hyperChannels, height, width], in: -2...2, seed: 8) : nil
    try withoutGradients {
      let prediction = try #require(try context.begin(hyper: hyper) as? any PlacePrediction)
      for (number, group) in context.order(height: height, width: width).groups.enumerated() {
        let elements = try GroupElements(group, height: height, width: width, device: .cpu)
        let places = try #require(elements.grid)
        let some = try prediction.parameters(of: number, known: known, at: places)
        #expect(some.shape == [1, context.parametersPerElement * group.channels.count, 1, places.count])
        let whole = try elements.taken(
          fromParameters: prediction.parameters(of: number, known: known), count: context.parametersPerElement)
        #expect(try (some.reshaped([1, -1]) - whole).absolute().maximumElement().item() < 1e-5, "group \(number)")
      }
    }
  }
}
