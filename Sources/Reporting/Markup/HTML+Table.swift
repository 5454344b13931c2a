extension HTML {
  /// A table of texts whose first column heads the rows; columns of numbers can be sorted by their values.
  package static func table(_ table: TextTable, caption: String, isSortable: Bool = true) -> HTML {
    let heads = table.columns.map { column in
      element("th", ["scope": "col", "class": column.alignment == .left ? "text" : nil], HTML(column.title))
    }
    let rows = table.rows.map { row in
      element(
        "tr", [:],
        zip(row.indices, zip(row, table.columns)).map { index, cell in
          let (text, column) = cell
          let isText = column.alignment == .left
          let long = isText && text.count > 40
          return element(
            index == 0 ? "th" : "td",
            [
              "scope": index == 0 ? "row" : nil, "class": long ? "wrap" : isText ? "text" : nil,
              "data-v": isText ? nil : number(text).map { "\($0)" } ?? "",
            ], HTML(isText ? text : text.replacing("-", with: "−")))
        })
    }
    return element(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption],
      element(
        "table", ["class": isSortable ? "sortable" : nil], element("caption", [:], HTML(caption)),
        element("thead", [:], element("tr", [:], heads)), element("tbody", [:], rows)))
  }

  /// The first number in a text such as `+1.25` or `17 of 24`; nil for none.
  private static func number(_ text: String) -> Double? {
    let word = text.split(separator: " ").first.map(String.init) ?? ""
    guard let value = Double(word.replacing(",", with: "")), value.isFinite else { return nil }
    return value
  }

  /// Names with their values.
  package static func descriptions(_ entries: [(String, String)]) -> HTML {
    element("dl", [:], entries.flatMap { [element("dt", [:], HTML($0.0)), element("dd", [:], HTML($0.1))] })
  }
}
