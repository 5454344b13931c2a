import Foundation
import Testing
import Torch
import Training
import Weights

/// Against `torch.optim.Adam` and `clip_grad_norm_`; see `Fixtures/training`.
struct AdamTests {
  struct Golden: Decodable {
    struct Step: Decodable {
      let factor: Double
      let gradients: [[Float]]
      let norm: Double?
      let clipped: [[Float]]
      let values: [[Float]]
    }
    struct Run: Decodable {
      let lr: Double
      let beta1: Double
      let beta2: Double
      let eps: Double
      let weightDecay: Double
      let clip: Double?
      let shapes: [[Int]]
      let start: [[Float]]
      let steps: [Step]
    }
    struct MultiStep: Decodable {
      let milestones: [Int]
      let gamma: Double
      let factors: [Double]
    }
    struct Cosine: Decodable {
      let totalSteps: Int
      let finalFactor: Double
      let factors: [Double]
    }
    let adam: [Run]
    let multiStep: [MultiStep]
    let cosine: [Cosine]

    static func read() throws -> Golden {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path + "/Fixtures/training"
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      return try decoder.decode(Golden.self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/adam.json")))
    }
  }

  static func parameters(_ run: Golden.Run) throws -> [(name: String, parameter: Parameter)] {
    try zip(run.start, run.shapes).enumerated().map { try ("p\($0.offset)", Parameter(Tensor($0.element.0, shape: $0.element.1))) }
  }

  @Test(arguments: [0, 1, 2])
  func steps(index: Int) throws {
    let run = try Golden.read().adam[index]
    var settings = Adam.Settings(lr: run.lr)
    (settings.beta1, settings.beta2, settings.eps, settings.weightDecay) = (run.beta1, run.beta2, run.eps, run.weightDecay)
    let parameters = try Self.parameters(run)
    let adam = try Adam(parameters, settings: settings)
    for (number, step) in run.steps.enumerated() {
      try adam.zeroGradients()
      for (place, gradient) in step.gradients.enumerated() {
        try parameters[place].parameter.tensor.setGradient(Tensor(gradient, shape: run.shapes[place]))
      }
      if let clip = run.clip, let norm = step.norm {
        let found = try GradientClipping(limit: clip).apply(to: adam.parameters)
        #expect(abs(found - norm) <= 1e-6 * norm, "step \(number)")
        for (place, clipped) in step.clipped.enumerated() {
          let gradient = try #require(try parameters[place].parameter.tensor.gradient()).elements()
          expectNear(gradient, clipped, 1e-6, "gradient \(place) of step \(number)")
        }
      }
      try adam.update(rate: adam.baseRate * step.factor)
      for (place, values) in step.values.enumerated() {
        expectNear(try parameters[place].parameter.tensor.detached().elements(), values, 1e-6, "parameter \(place) of step \(number)")
      }
    }
  }

  private func expectNear(_ found: [Float], _ expected: [Float], _ tolerance: Float, _ place: String) {
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(abs($1), 0.1) }, "\(place): \(found), not \(expected)")
  }

  @Test func gradientsBelowTheLimitAreLeft() throws {
    let parameter = try Parameter(Tensor([Float(1), 1], shape: [2]))
    let adam = try Adam([("p", parameter)], settings: Adam.Settings())
    #expect(try GradientClipping(limit: 1).apply(to: adam.parameters) == 0, "there are no gradients yet")
    try parameter.tensor.setGradient(Tensor([Float(3), 4], shape: [2]))
    #expect(try GradientClipping(limit: 10).apply(to: adam.parameters) == 5)
    #expect(try parameter.tensor.gradient()?.elements() == [3, 4])
  }

  @Test func parametersWithoutAGradientAreLeft() throws {
    let (first, second) = try (Parameter(Tensor([Float(1)], shape: [1])), Parameter(Tensor([Float(1)], shape: [1])))
    let adam = try Adam([("a", first), ("b", second)], settings: Adam.Settings(lr: 0.5))
    try first.tensor.setGradient(Tensor([Float(1)], shape: [1]))
    try adam.update(rate: adam.baseRate)
    #expect(try abs(first.tensor.detached().item() - 0.5) < 1e-6)
    #expect(try second.tensor.detached().item() == 1)
  }

  @Test func stateRoundTrip() throws {
    func gradient(_ number: Int) throws -> Tensor { try Tensor([Float(number), -2], shape: [2]) }
    let run: (Int, Int, Adam, Parameter) throws -> Void = { from, to, adam, parameter in
      for number in from..<to {
        try parameter.tensor.setGradient(gradient(number))
        try adam.update(rate: 0.1)
      }
    }
    let whole = try Parameter(Tensor([Float(1), 2], shape: [2]))
    try run(0, 6, Adam([("p", whole)], settings: Adam.Settings()), whole)
    let part = try Parameter(Tensor([Float(1), 2], shape: [2]))
    let early = try Adam([("p", part)], settings: Adam.Settings())
    try run(0, 3, early, part)
    let stored = try early.storedState(prefix: "main.")
    #expect(stored.map(\.name) == ["main.step", "main.p.exp_avg", "main.p.exp_avg_sq"])
    let late = try Adam([("p", part)], settings: Adam.Settings())
    try late.load(StoredTensors(stored), prefix: "main.")
    try run(3, 6, late, part)
    #expect(try part.tensor.detached().stored() == whole.tensor.detached().stored())
  }

  @Test func stateOfAnotherModelIsRefused() throws {
    let parameter = try Parameter(Tensor([Float(1), 2], shape: [2]))
    let adam = try Adam([("p", parameter)], settings: Adam.Settings())
    var state = try StoredTensors(adam.storedState(prefix: "main."))
    state["main.p.exp_avg"] = StoredTensor([1.0], shape: [1])
    let error = try #require(throws: CheckpointError.self) { try adam.load(state, prefix: "main.") }
    #expect(error == .optimizerState(missing: "main.p.exp_avg"))
    #expect("\(error)" == "the checkpoint's optimiser state does not fit the model ('main.p.exp_avg'); it belongs to another architecture")
    #expect(throws: CheckpointError.optimizerState(missing: "main.step")) { try adam.load(StoredTensors(), prefix: "main.") }
  }

  @Test func settingsOutOfRangeAreNamed() {
    var settings = Adam.Settings(lr: -1)
    (settings.beta1, settings.beta2) = (1, -0.5)
    #expect(settings.problems().map(\.key) == ["lr", "beta1", "beta2"])
    #expect(Adam.Settings().problems().isEmpty)
  }

  /// More parameters than an operator can return values, as `models.Cheng2020Attention` has.
  @Test func manyParametersAreClippedTogether() throws {
    let many = try (0..<600).map { ("p\($0)", try Parameter(Tensor([Float(0)], shape: [1]))) }
    let adam = try Adam(many, settings: Adam.Settings())
    for (_, parameter) in many { try parameter.tensor.setGradient(Tensor([Float(2)], shape: [1])) }
    let norm = try GradientClipping(limit: 1).apply(to: adam.parameters)
    #expect(abs(norm - 2 * 600.0.squareRoot()) < 1e-3)
    let clipped = try #require(try many[599].1.tensor.gradient()).item()
    #expect(abs(clipped - 1 / 600.0.squareRoot()) < 1e-6)
  }
}
