import Foundation
import Results
import SafeFiles
import Testing

/// Numbers of the Python package bjontegaard 1.3.0 for every published curve; `scripts/bjontegaard-parity` writes them.
@Suite struct BjontegaardParityTests {
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let anchor: String
    let pchip: [Double]
    let akima: [Double]
    let cubic: [Double]

    var testDescription: String { name }
  }

  static let rows: [Row] = {
    guard let bytes = try? FileBytes.read("\(Fixtures.folder)/bjontegaard-1.3.0.json") else { return [] }
    return (try? JSONDecoder().decode([Row].self, from: Data(bytes))) ?? []
  }()

  @Test func everyCurveIsThere() {
    #expect(Self.rows.count > 100)
  }

  @Test func agreesWithThePythonPackage() throws {
    let curves = Dictionary(uniqueKeysWithValues: try CurveLibrary.entries().map { ($0.id, $0.curve) })
    for row in Self.rows {
      let (test, anchor) = (try #require(curves[row.name]), try #require(curves[row.anchor]))
      for (method, expected) in zip(BjontegaardDelta.Interpolation.allCases, [row.pchip, row.akima, row.cubic]) {
        var options = CurveComparison.Options()
        options.method = method
        let comparison = CurveComparison(test, against: anchor, options)
        for (value, expected) in zip([try #require(comparison.rate), try #require(comparison.quality)], expected) {
          #expect(abs(value - expected) <= 1e-6 * max(abs(expected), 1e-3), "\(row.name), \(method): \(value), expected \(expected)")
        }
      }
    }
  }

  /// The deltas that follow from a thesis' tables.
  @Test(arguments: [
    ("fp_relu", 44.19, -1.404), ("fp_1dn", 41.98, -1.365), ("fp_gsdn", 44.06, -1.409), ("fp_gdn", 50.21, -1.579),
    ("msh_relu", 19.92, -0.687), ("msh_gdn", 3.91, -0.157), ("msh_1dn", 3.73, -0.146), ("msh_gsdn", -0.58, 0.021),
  ])
  func agreesWithTheThesis(_ name: String, rate: Double, quality: Double) throws {
    let anchor = try #require(try CurveLibrary.entry("kodak/bpg_444_x265_ycbcr")).curve
    let comparison = CurveComparison(try #require(try CurveLibrary.entry("published:thesis/\(name)")).curve, against: anchor)
    #expect(abs(try #require(comparison.rate) - rate) < 0.02)
    #expect(abs(try #require(comparison.quality) - quality) < 0.002)
  }
}
