import Testing
import Torch
import Weights

struct TensorArithmeticTests {
  private typealias Binary = (Tensor, Tensor) throws -> Tensor
  private typealias Unary = (Tensor) throws -> Tensor

  @Test func fourRulesAndBroadcasting() throws {
    let (left, right) = try (Tensor([Float(6), 8, 10, 12], shape: [2, 2]), Tensor([Float(2), 4], shape: [2]))
    let table: [(name: String, body: Binary, expected: [Float])] = [
      ("+", { try $0 + $1 }, [8, 12, 12, 16]), ("-", { try $0 - $1 }, [4, 4, 8, 8]), ("*", { try $0 * $1 }, [12, 32, 20, 48]),
      ("/", { try $0 / $1 }, [3, 2, 5, 3]), ("maximum", { try $0.maximum($1 * 4) }, [8, 16, 10, 16]),
      ("isAtLeast", { try $0.isAtLeast($1 * 2.5).to(.float32) }, [1, 0, 1, 1]),
    ]
    for row in table { #expect(try row.body(left, right).elements() == row.expected, "\(row.name)") }
  }

  @Test func functionsOfOneTensor() throws {
    let input = try Tensor([Float(0.25), 1, 4], shape: [3])
    let table: [(name: String, body: Unary, expected: [Float])] = [
      ("+ 1", { try $0 + 1 }, [1.25, 2, 5]), ("- 1", { try $0 - 1 }, [-0.75, 0, 3]), ("* 2", { try $0 * 2 }, [0.5, 2, 8]),
      ("/ 2", { try $0 / 2 }, [0.125, 0.5, 2]), ("negative", { try -$0 }, [-0.25, -1, -4]),
      ("squared", { try $0.squared() }, [0.0625, 1, 16]),
      ("squareRoot", { try $0.squareRoot() }, [0.5, 1, 2]), ("reciprocalSquareRoot", { try $0.reciprocalSquareRoot() }, [2, 1, 0.5]),
      ("power", { try $0.power(-1) }, [4, 1, 0.25]), ("roundedUp", { try $0.roundedUp() }, [1, 1, 4]),
      ("absolute", { try ($0 - 1).absolute() }, [0.75, 0, 3]), ("rectified", { try ($0 - 1).rectified() }, [0, 0, 3]),
      ("isLess", { try $0.isLess(than: 1).to(.float32) }, [1, 0, 0]),
      ("or", { try $0.isLess(than: 1).or(Tensor([Float(0), 0, 1], shape: [3])).to(.float32) }, [1, 0, 1]),
    ]
    for row in table { #expect(try row.body(input).elements() == row.expected, "\(row.name)") }
  }

  @Test func transcendentalFunctions() throws {
    let input = try Tensor([-1.0, 0, 0.5], shape: [3])
    let e = 2.718281828459045
    let table: [(name: String, body: Unary, expected: [Double])] = [
      ("exponential", { try $0.exponential() }, [1 / e, 1, 1.6487212707001282]),
      ("logarithm of exponential", { try $0.exponential().logarithm() }, [-1, 0, 0.5]),
      ("sigmoid", { try $0.sigmoid() }, [1 / (1 + e), 0.5, 0.6224593312018546]),
      ("hyperbolicTangent", { try $0.hyperbolicTangent() }, [-0.7615941559557649, 0, 0.46211715726000979]),
      ("softplus", { try $0.softplus() }, [0.31326168751822286, 0.6931471805599453, 0.9740769841801067]),
    ]
    for row in table {
      let found = try row.body(input).elements(Double.self)
      #expect(zip(found, row.expected).allSatisfy { abs($0 - $1) < 1e-14 }, "\(row.name): \(found)")
    }
  }

  @Test func unitsOfNetworks() throws {
    let input = try Tensor([-2.0, 0, 1], shape: [3])
    #expect(try input.rectified(slope: 0.25).elements(Double.self) == [-0.5, 0, 1])
    // Φ(1) and erfc(1).
    #expect(try abs(input.weightedByNormalDistribution().elements(Double.self)[2] - 0.8413447460685429) < 1e-15)
    #expect(try abs(input.weightedByNormalDistribution(usingTanh: true).elements(Double.self)[2] - 0.8411919906082768) < 1e-15)
    #expect(try abs(input.complementaryErrorFunction().elements(Double.self)[2] - 0.15729920705028513) < 1e-15)
  }

  @Test func positionsAmongBoundaries() throws {
    let boundaries = try Tensor([Float(1), 2, 4], shape: [3])
    let input = try Tensor([Float(0), 1, 1.5, 2, 3, 4, 5, .nan], shape: [2, 4])
    let found = try input.positions(among: boundaries)
    #expect(found.shape == [2, 4])
    #expect(try found.elements(Int32.self) == [0, 0, 1, 1, 2, 2, 3, 3])
  }

  @Test func halvesAreRoundedToEven() throws {
    let input = try Tensor([Float(-2.5), -1.5, -0.5, 0.5, 1.5, 2.5, 2.51], shape: [7])
    #expect(try input.rounded().elements() == [-2, -2, 0, 0, 2, 2, 3])
  }

  @Test func notANumberAndInfinityAreFound() throws {
    #expect(try Tensor([Float(1), 2], shape: [2]).isFinite())
    #expect(try !Tensor([Float(1), .nan], shape: [2]).isFinite())
    #expect(try !Tensor([Float(1), -.infinity], shape: [2]).isFinite())
  }

  @Test func reductions() throws {
    let input = try Tensor([Float(1), 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(try input.sum().item() == 21)
    #expect(try input.mean().item() == 3.5)
    #expect(try input.maximumElement().item() == 6)
    #expect(try input.sum(over: [0]).elements() == [5, 7, 9])
    #expect(try input.mean(over: [1], keeping: true).shape == [2, 1])
    #expect(try input.product(over: 1).elements() == [6, 120])
    #expect(try Tensor([Float(3), 4], shape: [2]).norm().item() == 5)
  }

  @Test func manyTensorsAtOnce() throws {
    let tensors = try [Tensor([Float(3)], shape: [1]), Tensor([Float(0), 4], shape: [2])]
    #expect(try Tensor.totalNorm(of: tensors).item() == 5)
    try Tensor.scale(tensors, by: 0.5)
    #expect(try tensors.map { try $0.elements() } == [[1.5], [0, 2]])
  }
}
