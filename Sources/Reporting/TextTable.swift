import Results

/// A table of texts, written for a terminal, Markdown, LaTeX (booktabs) or as comma-separated values.
public struct TextTable: Sendable, Equatable {
  /// On which side of its column a cell stands.
  public enum Alignment: Sendable, Equatable {
    /// For texts.
    case left
    /// For numbers.
    case right
  }

  /// The form a table is written in.
  public enum Style: String, Sendable, Equatable, CaseIterable {
    /// Columns aligned with spaces, a rule under the header.
    case plain
    /// A Markdown table.
    case markdown
    /// A LaTeX `tabular` with the rules of the booktabs package.
    case latex
    /// Comma-separated values, RFC 4180 quoting.
    case csv
  }

  /// One column.
  public struct Column: Sendable, Equatable {
    /// The header.
    public let title: String
    /// Where the cells stand.
    public let alignment: Alignment

    /// Creates a column; right-aligned, as most columns hold numbers.
    public init(_ title: String, _ alignment: Alignment = .right) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// The columns.
  public let columns: [Column]
  /// The cells, one list per row.
  public private(set) var rows: [[String]] = []

  /// Creates a table without rows.
  public init(_ columns: [Column]) {
    precondition(!columns.isEmpty, "a table needs a column")
    self.columns = columns
  }

  /// Adds a row with one cell for each column.
  public mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "a row needs as many cells as there are columns")
    rows.append(row)
  }

  /// Returns the table as text, a newline at the end.
  public func text(_ style: Style = .plain) -> String {
    switch style {
    case .plain: plain
    case .markdown: markdown
    case .latex: latex
    case .csv: ([columns.map(\.title)] + rows).map(CSV.line).joined()
    }
  }

  private var plain: String {
    let widths = widths(columns.map(\.title), rows)
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([columns.map(\.title), rule] + rows).map { cells in
      let line = padded(cells, widths).joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }

  private var markdown: String {
    let titles = columns.map { Self.markdownEscaped($0.title) }
    let cells = rows.map { $0.map(Self.markdownEscaped) }
    let widths = widths(titles, cells).map { max($0, 3) }
    let rule = zip(columns, widths).map { column, width in
      column.alignment == .left ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    return ([titles, rule] + cells).map { "| " + padded($0, widths).joined(separator: " | ") + " |\n" }.joined()
  }

  private var latex: String {
    let titles = columns.map { Self.latexEscaped($0.title) }
    let cells = rows.map { $0.map(Self.latexEscaped) }
    let widths = widths(titles, cells)
    func line(_ cells: [String]) -> String { "  " + padded(cells, widths).joined(separator: " & ") + " \\\\\n" }
    let shape = columns.map { $0.alignment == .left ? "l" : "r" }.joined()
    return "\\begin{tabular}{\(shape)}\n  \\toprule\n" + line(titles) + "  \\midrule\n" + cells.map(line).joined()
      + "  \\bottomrule\n\\end{tabular}\n"
  }

  private func widths(_ titles: [String], _ rows: [[String]]) -> [Int] {
    titles.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
  }

  private func padded(_ cells: [String], _ widths: [Int]) -> [String] {
    zip(zip(cells, widths), columns).map { next, column in
      let space = String(repeating: " ", count: next.1 - next.0.count)
      return column.alignment == .left ? next.0 + space : space + next.0
    }
  }

  private static func markdownEscaped(_ text: String) -> String {
    String(text.flatMap { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) })
  }

  private static func latexEscaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "\\": "\\textbackslash{}"
      case "–": "--"
      default: character.isNewline ? " " : String(character)
      }
    }.joined()
  }
}
