public import Results

extension AnchorStudy.Report {
  /// The rows of each codec, of those pictures alone that every codec has which measured any.
  ///
  /// A mean over other pictures than those of its neighbours would be no point of their curve. A quality at which every picture failed gives no
  /// point and takes no picture from the others.
  public var commonRows: [[ImageResult]] {
    let names = rows.filter { !$0.isEmpty }.map { Set($0.map(\.name)) }
    guard let first = names.first else { return rows }
    let common = names.dropFirst().reduce(first) { $0.intersection($1) }
    return rows.map { $0.filter { common.contains($0.name) } }
  }

  /// The names of the pictures that are in no mean because they failed at some quality, in the order of the failures.
  public var leftOut: [String] {
    let kept = Set(commonRows.joined().map(\.name))
    var seen: Set<String> = []
    return failed.map(\.name).filter { !kept.contains($0) && seen.insert($0).inserted }
  }
}
