/// Lists of machines as Slurm writes them, such as `node[01-04,7],gpu3`.
enum SlurmHosts {
  /// Returns the machines of a list in its order; what is not well formed stands as it is.
  static func expanded(_ list: String) -> [String] { parts(of: list).flatMap { hosts($0[...]) } }

  /// Splits at commas outside of brackets.
  private static func parts(of list: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in list {
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts.map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
  }

  /// One name, whose brackets are replaced from left to right.
  private static func hosts(_ name: Substring) -> [String] {
    guard let open = name.firstIndex(of: "["), let close = name[open...].firstIndex(of: "]") else { return [String(name)] }
    let (head, tail) = (name[..<open], hosts(name[name.index(after: close)...]))
    let ranges = name[name.index(after: open)..<close].split(separator: ",")
    return ranges.flatMap { numbers($0) }.flatMap { number in
      tail.isEmpty ? ["\(head)\(number)"] : tail.map { "\(head)\(number)\($0)" }
    }
  }

  /// `01-04` gives 01, 02, 03, 04, with the zeros of the first.
  private static func numbers(_ range: Substring) -> [String] {
    let ends = range.split(separator: "-", maxSplits: 1)
    guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), first <= last, last - first < 100_000 else {
      return [String(range)]
    }
    return (first...last).map { number in
      let text = String(number)
      return String(repeating: "0", count: max(ends[0].count - text.count, 0)) + text
    }
  }
}
