import Configuration

/// A curve that is not trained.
struct StudyAnchor {
  /// Where it comes from.
  enum Source {
    /// A curve that comes with the program or was published, as `published:` names it.
    case published(String)
    /// A classical codec, as `benchpresso codec` takes it.
    case codec(StudyLayer)
  }

  let name: String
  let source: Source
  /// The data sets that it stands for; nil for all.
  let datasets: [String]?
  let mark: Mark

  /// Reads one anchor: `{codec: …, qualities: …}`, `{config: FILE}` or `published:NAME`, each with `datasets` in it; nil where there is a problem.
  init?(_ field: Node.Field, datasets: [String], reader: inout StudyReader) {
    let path = "anchors.\(field.key)"
    (name, mark) = (field.key, field.mark)
    var node = field.value
    var chosen: [String]?
    if let list = node["datasets"], !list.isNull {
      let names = list.elements ?? [list]
      chosen = names.map { $0.string ?? $0.onOneLine }
      for (name, element) in zip(chosen ?? [], names) {
        reader.checkName(name, among: datasets, at: element.mark, path: "\(path).datasets", what: "data set")
      }
      node["datasets"] = nil
    }
    if let name = node.string ?? node["published"]?.string {
      let id = name.hasPrefix("published:") ? name : "published:\(name)"
      guard Self.isPublished(id, at: node["published"]?.mark ?? node.mark, path: path, reader: &reader) else { return nil }
      source = .published(id)
      let folder = id.dropFirst("published:".count).split(separator: "/").first.map(String.init)
      self.datasets = chosen ?? folder.map { name in datasets.filter { $0 == name } }
      return
    }
    guard node.fields != nil, node["codec"] != nil || node["config"] != nil else {
      reader.report(
        field.value.mark, path,
        "expected {codec: codecs.WebP, qualities: [10, 50, 90]}, {config: FILE} or published:NAME, found \(field.value.onOneLine)")
      return nil
    }
    if let qualities = node["qp"] ?? node["qualities"] {
      node["qp"] = nil
      node["qualities"] = Self.qualities(qualities, path: "\(path).qualities", reader: &reader)
    }
    source = .codec(reader.layer(node, path: path))
    self.datasets = chosen
  }

  private static func isPublished(_ id: String, at mark: Mark, path: String, reader: inout StudyReader) -> Bool {
    do {
      _ = try CurveArgument.read(id)
      return true
    } catch {
      reader.report(mark, path, "\(error)")
      return false
    }
  }

  /// A list as it is; `{from: 0, to: 51, step: 1}` as the list that it means.
  private static func qualities(_ node: Node, path: String, reader: inout StudyReader) -> Node {
    guard node.fields != nil else { return node }
    reader.checkKeys(node, path: path, known: ["from", "to", "step"], what: "a range")
    let step = node["step"].map(\.number) ?? 1
    guard let first = node["from"]?.number, let last = node["to"]?.number, let step, step > 0, first <= last, (last - first) / step < 10_000
    else {
      reader.report(node.mark, path, "expected {from: 0, to: 51, step: 1}, found \(node.onOneLine)")
      return Node(.list([]))
    }
    let values = stride(from: first, through: last, by: step).map { Node($0 == $0.rounded() ? .int(Int($0)) : .double($0)) }
    return Node(.list(values), mark: node.mark)
  }
}

extension Node {
  /// The finite number that the node holds; nil for anything else.
  var number: Double? {
    switch value {
    case .int(let value): Double(value)
    case .double(let value) where value.isFinite && abs(value) < 1e15: value
    default: nil
    }
  }
}
