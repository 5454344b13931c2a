/// All checks of this machine, in the order in which they are shown.
struct DoctorReport: Encodable {
  let checks: [DoctorCheck]

  /// Looks at everything; programs that hang cost two seconds each.
  static func examine() -> DoctorReport {
    DoctorReport(
      checks: [ProgramChecks.program] + TorchChecks.all() + MachineChecks.all() + ProgramChecks.libraries
        + ExternalProgram.all.map { $0.check() })
  }

  /// The required things that are not there.
  private var lacking: [DoctorCheck] { checks.filter { $0.isRequired && $0.status == .missing } }

  /// Whether everything required is there.
  var isReady: Bool { lacking.isEmpty }

  /// The checks in columns, with the remedies below, and a sentence on the whole.
  var text: String {
    let width = checks.map(\.name.count).max() ?? 0
    func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(width - text.count, 0)) }
    var lines: [String] = []
    for check in checks {
      lines.append("\(padded(check.status.rawValue, 8)) \(padded(check.name, width))  \(check.detail) (for \(check.purpose))")
      if let remedy = check.remedy { lines.append(String(repeating: " ", count: width + 11) + "-> \(remedy)") }
    }
    return (lines + ["", verdict]).joined(separator: "\n")
  }

  private var verdict: String {
    guard isReady else { return "Not ready. Required and missing: \(lacking.map(\.name).joined(separator: ", "))." }
    let optional = checks.count { $0.status == .missing }
    let warnings = checks.count { $0.status == .warning }
    return "Ready: everything required is there. Optional and missing: \(optional). Warnings: \(warnings)."
  }

  enum CodingKeys: String, CodingKey { case checks, ready }

  /// Writes the checks and the verdict.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(isReady, forKey: .ready)
    try container.encode(checks, forKey: .checks)
  }
}
