/// One thing that was looked at on this machine.
struct DoctorCheck: Encodable, Equatable {
  enum Status: String, Encodable {
    case ok, missing, warning
  }

  /// What was looked at.
  let name: String
  let status: Status
  /// What was found.
  let detail: String
  /// What it is for.
  let purpose: String
  /// What to do about it; nil where nothing has to be done.
  let remedy: String?
  /// Whether nothing works without it.
  let isRequired: Bool

  init(_ name: String, _ status: Status, _ detail: String, purpose: String, remedy: String? = nil, isRequired: Bool = false) {
    self.name = name
    self.status = status
    self.detail = detail
    self.purpose = purpose
    self.remedy = remedy
    self.isRequired = isRequired
  }

  enum CodingKeys: String, CodingKey {
    case name, status, detail, purpose, remedy
    case isRequired = "required"
  }

  /// Writes null for what is nil, so that every check has the same keys.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(status, forKey: .status)
    try container.encode(detail, forKey: .detail)
    try container.encode(purpose, forKey: .purpose)
    try container.encode(remedy, forKey: .remedy)
    try container.encode(isRequired, forKey: .isRequired)
  }
}
