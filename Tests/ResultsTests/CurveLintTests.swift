import Results
import Testing

@Suite struct CurveLintTests {
  private func kinds(_ name: String) throws -> [String] {
    CurveLint(try #require(try CurveLibrary.entry(name)).curve).findings.map { "\($0.kind) \($0.point ?? "–")" }
  }

  private func lint(_ results: String) throws -> CurveLint {
    CurveLint(try MeasuredCurve(json: Array(#"{"name":"c","results":{\#(results)}}"#.utf8), place: "c.json"))
  }

  @Test func publishedCurvesAreSilent() throws {
    for entry in try CurveLibrary.entries() where !entry.id.hasPrefix("thesis/") {
      let findings = CurveLint(entry.curve).findings
      #expect(findings.isEmpty, "\(entry.id): \(findings)")
    }
  }

  @Test func theInconsistentTableIsFlagged() throws {
    let found = try kinds("thesis/fp_gdn")
    #expect(found.contains("stated_delta –"))
    #expect(found.contains { $0.hasPrefix("columns") })
    #expect(try kinds("thesis/fp_gdn_clic2021").contains { $0.hasPrefix("columns") })
    let message = CurveLint(try #require(try CurveLibrary.entry("thesis/fp_gdn")).curve).findings.map(\.message).joined()
    #expect(message.contains("50.21 %") && message.contains("41.67 %"))
  }

  @Test func dentsAreFlagged() throws {
    #expect(try kinds("thesis/msh_relu") == ["dent 4"])
    #expect(try kinds("thesis/msh_gdn") == ["dent 2"])
    for name in ["fp_gsdn", "fp_relu", "fp_1dn", "msh_gsdn"] { #expect(try kinds("thesis/\(name)").isEmpty, "\(name)") }
  }

  static let mistakes: [(String, [String])] = [
    (#""bpp":[0.1,0.2,0.4,0.8],"psnr-rgb":[28,30,29.5,34]"#, ["not_monotonic"]),
    (#""bpp":[0.1,0.2,0.4,0.8],"psnr-rgb":[28,30,32,34],"ms-ssim-rgb":[0.9,12,0.97,0.98]"#, ["wrong_unit"]),
    (#""bpp":[0.1,0.2,0.4],"psnr-rgb":[28,30,32]"#, ["too_few_points"]),
    (#""bpp":[0.1,0.2,0.4,0],"psnr-rgb":[28,30,32,34]"#, ["bad_value", "too_few_points"]),
    (#""bpp":[100,200,400,800],"psnr-rgb":[28,30,32,34]"#, ["wrong_unit"]),
  ]

  @Test(arguments: mistakes)
  func mistakesAreFlagged(_ results: String, _ expected: [String]) throws {
    let found = try lint(results).findings.map(\.kind)
    for kind in expected { #expect(found.contains(kind), "\(found)") }
  }

  @Test func repeatedPointsAndPayloadAreNotes() throws {
    let lint = try lint(#""bpp":[0.1,0.2,0.4,0.8,0.8],"psnr-rgb":[28,30,32,34,34]"#)
    #expect(lint.findings.isEmpty)
    #expect(Set(lint.notes.map(\.kind)) == ["no_file_rate", "repeated_point"])
  }
}
