import Models
import Testing

struct RateAxisTests {
  private let axis = RateAxis(lambdas: [0.001, 0.01, 0.04])

  @Test func pointsAreHitExactly() throws {
    #expect(axis.points.map(\.position) == [0, 1, 2])
    for (point, lambda) in zip(axis.points, axis.lambdas) { #expect(try axis.lambda(at: point) == lambda) }
  }

  @Test func betweenThemNumbersFollowAPower() throws {
    #expect(abs(try axis.lambda(at: RatePosition(1.5)) - 0.02) < 1e-15)
    let positions = stride(from: 0, through: 2, by: 0.05).map { RatePosition($0) }
    let lambdas = try positions.map { try axis.lambda(at: $0) }
    #expect(zip(lambdas, lambdas.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test(arguments: [-0.1, 2.001, .infinity, .nan])
  func whatLiesOutsideIsRefused(position: Double) {
    #expect(throws: RateError.self) { try axis.lambda(at: RatePosition(position)) }
  }

  @Test func anAxisOfPointsAloneHasNothingBetween() {
    let axis = RateAxis(lambdas: [1, 2], isContinuous: false)
    #expect(throws: RateError.notContinuous(position: 0.5)) { try axis.lambda(at: RatePosition(0.5)) }
    #expect(throws: Never.self) { try axis.lambda(at: RatePosition(1)) }
  }

  @Test func aCodedPlaceIsTheNearest() {
    #expect(RatePosition(3.7).coded == 3789)
    #expect(RatePosition(coded: RatePosition(5).coded) == RatePosition(5))
  }

  @Test(arguments: [
    (RateError.noSuchPoint(position: 8, last: 7), "there is no rate point 8.0: the model has those from 0 to 7"),
    (.notContinuous(position: 1.5), "the model has no rates between its rate points; take a whole number, not 1.5"),
    (
      .fixedRate(model: "models.X"),
      "models.X has one rate; a rate point belongs to a model with a rate control (model.init_args.rate_control)"
    ),
  ])
  func errorsNameTheRemedy(error: RateError, text: String) { #expect(error.description == text) }
}
