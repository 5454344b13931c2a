/// Numbers, settings and labels of a run on their way to a server.
public struct MLflowBatch: Codable, Sendable, Equatable {
  /// A number that was measured.
  public struct Metric: Codable, Sendable, Equatable {
    /// The name.
    public let key: String
    /// The value.
    public let value: Double
    /// When it was measured, in milliseconds since 1970.
    public let timestamp: Int
    /// The number of updates of the main optimiser.
    public let step: Int

    /// Creates a number; the name is made one that MLflow takes.
    public init(key: String, value: Double, timestamp: Int, step: Int) {
      self.key = MLflowText.key(key)
      self.value = value
      self.timestamp = timestamp
      self.step = step
    }
  }

  /// A text under a name: a hyper-parameter, which never changes, or a tag.
  public struct Text: Codable, Sendable, Equatable {
    /// The name.
    public let key: String
    /// The text.
    public let value: String

    private init(key: String, value: String) {
      self.key = key
      self.value = value
    }

    /// Hyper-parameters under names that MLflow takes and that differ, their texts cut to what it takes.
    public static func params(_ pairs: [(String, String)]) -> [Text] {
      var used: Set<String> = []
      return pairs.map { name, value in
        let key = MLflowText.key(name)
        var free = key
        var number = 2
        while !used.insert(free).inserted {
          free = "\(key.prefix(MLflowText.longestKey - 10))_\(number)"
          number += 1
        }
        return Text(key: free, value: MLflowText.cut(value, to: MLflowText.longestParam))
      }
    }

    /// A tag.
    public static func tag(_ name: String, _ value: String) -> Text {
      Text(key: MLflowText.key(name), value: MLflowText.cut(value, to: MLflowText.longestTag))
    }
  }

  /// Numbers.
  public var metrics: [Metric] = []
  /// Hyper-parameters.
  public var params: [Text] = []
  /// Tags.
  public var tags: [Text] = []

  /// Creates a batch.
  public init(metrics: [Metric] = [], params: [Text] = [], tags: [Text] = []) {
    self.metrics = metrics
    self.params = params
    self.tags = tags
  }

  /// How many of each MLflow takes in one call: 1000 in all, of which 100 hyper-parameters and 100 tags.
  static let limits = (metrics: 800, params: 100, tags: 100)

  /// The same in batches that MLflow takes.
  var parts: [MLflowBatch] {
    var rest = self
    var parts: [MLflowBatch] = []
    while !rest.metrics.isEmpty || !rest.params.isEmpty || !rest.tags.isEmpty {
      parts.append(
        MLflowBatch(
          metrics: Array(rest.metrics.prefix(Self.limits.metrics)), params: Array(rest.params.prefix(Self.limits.params)),
          tags: Array(rest.tags.prefix(Self.limits.tags))))
      rest.metrics.removeFirst(min(rest.metrics.count, Self.limits.metrics))
      rest.params.removeFirst(min(rest.params.count, Self.limits.params))
      rest.tags.removeFirst(min(rest.tags.count, Self.limits.tags))
    }
    return parts
  }

  /// Adds what another batch holds.
  mutating func append(_ other: MLflowBatch) {
    metrics += other.metrics
    params += other.params
    tags += other.tags
  }
}
