import Results
import SafeFiles
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `scripts/published-curves` promises of the file that is compiled in.
struct PublishedCurvesFileTests {
  private static func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(Fixtures.repository + path), as: UTF8.self)
  }

  private static func curves() throws -> [[String: JSONValue]] {
    let file = try JSONDecoder().decode(JSONValue.self, from: Data(try text("Sources/CPublishedCurves/curves.json").utf8))
    return try #require(file.items["curves"]?.elements).map(\.items)
  }

  @Test func everyCurveHasALineAndAName() throws {
    let lines = try Self.text("Sources/CPublishedCurves/curves.json").split(separator: "\n")
    let curves = try Self.curves()
    #expect(lines.count == curves.count + 3 && lines[1] == "\"curves\":[" && lines.last == "]}")
    #expect(Set(curves.compactMap { $0["id"]?.string }).count == curves.count)
    for curve in curves {
      let id = try #require(curve["id"]?.string)
      #expect(id.hasPrefix(curve["source"]?.string == "thesis" ? "thesis/" : "\(curve["dataset"]?.string ?? "?")/"), "\(id)")
      #expect(["file", "payload", "unknown"].contains(curve["rate"]?.string), "\(id)")
      let lists = (curve["results"]?.items ?? [:]).mapValues { $0.elements?.count }
      #expect(Set(lists.values).count == 1 && (lists["bpp"] ?? 0) ?? 0 >= 2, "\(id)")
      #expect(lists.keys.allSatisfy { ["bpp", "psnr-rgb", "ms-ssim-rgb", "ms-ssim-db-rgb", "lpips_vgg"].contains($0) }, "\(id)")
      // These hold the numbers of models trained for something else.
      #expect(!(id.contains("ms-ssim") && id.hasSuffix("_8bit")), "\(id)")
    }
  }

  /// The tables that the script reads are those of the file, digit by digit.
  @Test func thesisTablesAreThoseOfTheScript() throws {
    var rows: [String: [[Double]]] = [:]
    for line in try Self.text("scripts/published-curves.tsv").split(separator: "\n") where line.hasPrefix("point\t") {
      let words = line.split(separator: "\t").map(String.init)
      let name = "thesis/\(words[1])\(words[3] == "kodak" ? "" : "_\(words[3])")"
      rows[name, default: []].append(words.dropFirst(4).compactMap(Double.init))
    }
    let curves = try Self.curves().filter { $0["source"]?.string == "thesis" }
    #expect(curves.count == 16 && rows.count == 16)
    for curve in curves {
      let id = try #require(curve["id"]?.string)
      let lists = try #require(curve["results"]).items
      let columns = ["bpp", "psnr-rgb", "ms-ssim-db-rgb", "lpips_vgg"].map { lists[$0]?.elements?.compactMap(\.value) ?? [] }
      #expect(columns[0].indices.map { row in columns.map { $0[row] } } == rows[id], "\(id)")
    }
  }

  /// The measured BPG curve has its points at the published rates, and its means are those of its pictures.
  @Test func theBPGCurveAgreesWithThePublishedOne() throws {
    let measured = try #require(try CurveLibrary.entry("kodak/bpg_444"))
    let published = try #require(try CurveLibrary.entry("kodak/bpg_444_x265_ycbcr"))
    #expect(measured.licence == "none stated")
    for point in measured.curve.points {
      #expect(point.images.count == 24)
      let mean = point.images.compactMap { $0.values["bpp"] }.reduce(0, +) / 24
      #expect(abs(mean - (point.values["bpp"] ?? 0)) < 1e-9)
    }
    for point in published.curve.points {
      let rate = try #require(point.values["bpp"])
      let nearest = measured.curve.points.min { abs(($0.values["bpp"] ?? 0) - rate) < abs(($1.values["bpp"] ?? 0) - rate) }
      #expect(abs((nearest?.values["bpp"] ?? 0) - rate) < 1e-9)
      #expect(abs((nearest?.values["psnr"] ?? 0) - (point.values["psnr"] ?? 1)) < 1e-4)
    }
  }
}

extension JSONValue {
  fileprivate var items: [String: JSONValue] { if case .object(let items) = self { items } else { [:] } }
  fileprivate var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  fileprivate var string: String? { if case .string(let text) = self { text } else { nil } }
  fileprivate var value: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
