import Reporting

/// A table of pieces whose columns can be sorted.
struct DataTable {
  /// A column.
  struct Column {
    let title: String
    var isText = false
    /// What is told about it.
    var help: String?
  }

  /// A cell: what is shown, and the number or text that it is sorted by.
  struct Cell {
    let html: HTML
    var value: String?
    var isText = true
    var isLong = false

    /// A text.
    init(_ text: String) { html = HTML(text) }

    /// A piece that is sorted by a text.
    init(_ html: HTML, sortedBy value: String? = nil, isLong: Bool = false) { (self.html, self.value, self.isLong) = (html, value, isLong) }

    /// A number with at most five digits that count.
    init(significant number: Double?) {
      html = HTML(number.map { NumberText.significant($0, digits: 5).replacing("-", with: "−") } ?? "–")
      value = number.map { "\($0)" } ?? ""
      isText = false
    }

    /// A range of numbers as text.
    init(range text: String) { (html, isText) = (HTML(text), false) }

    /// A number with its text.
    init(_ number: Double?, decimals: Int, isSigned: Bool = false) {
      let text = isSigned ? NumberText.signed(number, decimals: decimals) : NumberText.fixed(number, decimals: decimals)
      html = HTML(text.replacing("-", with: "−"))
      value = number.map { "\($0)" } ?? ""
      isText = false
    }

    /// A count.
    init(_ count: Int) {
      html = HTML(NumberText.grouped(count))
      value = "\(count)"
      isText = false
    }
  }

  /// A row, with an identifier where something leads to it.
  struct Row {
    let cells: [Cell]
    var id: String?
    /// What the script filters by.
    var data: [(String, String)] = []
  }

  let caption: String
  let columns: [Column]
  var rows: [Row]
  var id: String?
  var isSortable = true

  /// The table in a frame that scrolls.
  var html: HTML {
    let heads = columns.map { column in
      HTML.element("th", ["scope": "col", "class": column.isText ? "text" : nil, "title": column.help], HTML(column.title))
    }
    return .element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      .element(
        "table", ["class": isSortable ? "sortable" : nil, "id": id], .element("caption", [:], HTML(caption)),
        .element("thead", [:], .element("tr", [:], heads)), .element("tbody", [:], rows.map(row))))
  }

  private func row(_ row: Row) -> HTML {
    let cells = row.cells.enumerated().map { index, cell in
      HTML.element(
        index == 0 ? "th" : "td",
        ["scope": index == 0 ? "row" : nil, "class": cell.isLong ? "wrap" : cell.isText ? "text" : nil, "data-v": cell.value], cell.html)
    }
    let attributes = row.data.map { " data-\($0.0)=\"\(HTML.escaped($0.1))\"" }.joined()
    let id = row.id.map { " id=\"\(HTML.escaped($0))\"" } ?? ""
    return .verbatim("<tr\(id)\(attributes)>") + .joined(cells) + .verbatim("</tr>\n")
  }
}
