/// Elements of a latent that are coded together, from what was coded before them.
public struct ElementGroup: Hashable, Sendable {
  /// Adjacent channels at some places.
  public struct Part: Hashable, Sendable {
    /// The channels.
    public let channels: Range<Int>
    /// The places.
    public let places: PlacePattern

    /// Creates a part.
    public init(channels: Range<Int>, places: PlacePattern) { (self.channels, self.places) = (channels, places) }
  }

  /// The parts, by increasing channels.
  public let parts: [Part]

  /// Creates a group of parts by increasing channels.
  public init(_ parts: [Part]) { self.parts = parts }

  /// Creates a group of one part.
  public init(channels: Range<Int>, places: PlacePattern = .all) { parts = [Part(channels: channels, places: places)] }

  /// All channels from the first to the last.
  public var channels: Range<Int> {
    guard let first = parts.first, let last = parts.last else { return 0..<0 }
    return first.channels.lowerBound..<last.channels.upperBound
  }

  /// Whether these are all places of all of ``channels``.
  public var isWhole: Bool { parts.count == 1 && parts[0].places == .all }

  /// Whether an element is among them.
  public func holds(channel: Int, row: Int, column: Int) -> Bool {
    parts.contains { $0.channels.contains(channel) && $0.places.holds(row: row, column: column) }
  }

  /// The elements as numbers in a `[channels, height, width]` tensor of ``channels``, increasing: the order in which they are coded.
  public func elements(height: Int, width: Int) -> [Int64] {
    let first = channels.lowerBound
    return parts.flatMap { part -> [Int64] in
      let places = part.places.places(height: height, width: width)
      return part.channels.flatMap { channel in places.lazy.map { Int64((channel - first) * height * width + $0) } }
    }
  }
}
