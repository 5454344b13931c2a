public import Configuration

/// The front matter of a model card.
public struct CardSettings: ValidatedSettings {
  /// What the model was trained on.
  public struct Training: Settings {
    /// The pictures, in words: name, edition, number.
    public var data = ""
    /// The SHA-256 of the manifest of the pictures.
    public var manifest: String?
    /// The number of updates.
    public var steps: Int?
    /// The machine, in words.
    public var machine: String?

    /// Nothing said.
    public init() {}
  }

  /// What was measured on a set of pictures with the weights of the card.
  public struct Measured: Settings {
    /// The set of pictures, in words.
    public var data = ""
    /// The mean rate of the pictures, in bits per pixel.
    public var bpp: Double?
    /// The mean PSNR in RGB, in dB.
    public var psnr: Double?
    /// The mean MS-SSIM in RGB.
    public var msSsim: Double?

    /// Nothing measured.
    public init() {}
  }

  /// The form of the card, `benchpresso.card/1`.
  public var card = ""
  /// The name of the model.
  public var name = ""
  /// One sentence on what it is.
  public var summary = ""
  /// The class path of the model.
  public var model = ""
  /// The SHA-256 of the file of weights.
  public var weights: String?
  /// The hash of the parameters and tables, which coded files carry the beginning of.
  public var identity: String?
  /// The SHA-256 of the results that were measured with it.
  public var results: [String] = []
  /// What was measured with it.
  public var measured: [Measured] = []
  /// λ of the rate–distortion loss.
  public var lambda: Double?
  /// What it was trained on.
  public var training = Training()
  /// The licence of the weights, as SPDX names it.
  public var licence = ""
  /// Who made it.
  public var authors: [String] = []
  /// Who measured it.
  public var measuredBy: String?
  /// The day, `2026-01-31`.
  public var date = ""
  /// Words to find it by.
  public var tags: [String] = []

  /// An empty card, which is not a right one.
  public init() {}

  /// What is missing or malformed.
  public func problems() -> [(key: String, sentence: String)] {
    var problems: [(key: String, sentence: String)] = []
    if card != CardFile.schema { problems.append(("card", "must be \(CardFile.schema), found '\(card)'")) }
    for (key, value) in [("name", name), ("model", model), ("licence", licence)] where value.isEmpty {
      problems.append((key, "is missing; a card needs name, model, licence, authors, date and training.data"))
    }
    if authors.isEmpty { problems.append(("authors", "is missing; write who made the model")) }
    if training.data.isEmpty { problems.append(("training", "data is missing; write what the model was trained on")) }
    if !Self.isDay(date) { problems.append(("date", "must be a day such as 2026-01-31, found '\(date)'")) }
    if let lambda, !(lambda > 0 && lambda.isFinite) { problems.append(("lambda", "must be positive, found \(lambda)")) }
    for hash in [weights].compactMap({ $0 }) where !Self.isHash(hash) { problems.append(("weights", Self.noHash(hash))) }
    for hash in [identity].compactMap({ $0 }) where !Self.isHash(hash) { problems.append(("identity", Self.noHash(hash))) }
    for hash in results where !Self.isHash(hash) { problems.append(("results", Self.noHash(hash))) }
    return problems
  }

  private static func noHash(_ text: String) -> String { "must be a SHA-256 of 64 hexadecimal digits, found '\(text)'" }

  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return false }
    guard let month = Int(parts[1]), let day = Int(parts[2]) else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
