/// A picture in Scalable Vector Graphics, built element by element.
///
/// Coordinates are in pixels from the top left corner and are written with at most two decimals.
struct SVGDocument {
  let width: Double
  let height: Double
  private var body = ""

  /// Where a text stands relative to its point.
  enum Anchor: String {
    case start, middle, end
  }

  init(width: Double, height: Double, background: String) {
    self.width = width
    self.height = height
    rectangle(x: 0, y: 0, width: width, height: height, fill: background)
  }

  /// The font family of all texts: one that Debian, macOS and Windows each have a part of.
  static let fonts = "'DejaVu Sans', Verdana, 'Helvetica Neue', Arial, sans-serif"

  /// The whole document.
  var text: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
      + "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" font-family=\"\(Self.fonts)\">\n" + body + "</svg>\n"
  }

  mutating func rectangle(
    x: Double, y: Double, width: Double, height: Double, fill: String, stroke: String? = nil, opacity: Double = 1
  ) {
    element(
      "rect",
      [("x", .number(x)), ("y", .number(y)), ("width", .number(width)), ("height", .number(height)), ("fill", .text(fill))]
        + (stroke.map { [("stroke", .text($0))] } ?? []) + (opacity < 1 ? [("fill-opacity", .number(opacity))] : []))
  }

  mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double), stroke: String, width: Double = 1) {
    element(
      "line",
      [
        ("x1", .number(from.x)), ("y1", .number(from.y)), ("x2", .number(to.x)), ("y2", .number(to.y)), ("stroke", .text(stroke)),
        ("stroke-width", .number(width)),
      ])
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], stroke: String, width: Double, dashes: [Double] = []) {
    let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    element(
      "polyline",
      [
        ("points", .text(list)), ("fill", .text("none")), ("stroke", .text(stroke)), ("stroke-width", .number(width)),
        ("stroke-linejoin", .text("round")), ("stroke-linecap", .text("round")),
      ] + (dashes.isEmpty ? [] : [("stroke-dasharray", .text(dashes.map(Self.number).joined(separator: " ")))]))
  }

  mutating func polygon(_ points: [(x: Double, y: Double)], fill: String, stroke: String, width: Double) {
    let list = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
    element("polygon", [("points", .text(list)), ("fill", .text(fill)), ("stroke", .text(stroke)), ("stroke-width", .number(width))])
  }

  mutating func circle(x: Double, y: Double, radius: Double, fill: String, stroke: String, width: Double) {
    element(
      "circle",
      [
        ("cx", .number(x)), ("cy", .number(y)), ("r", .number(radius)), ("fill", .text(fill)), ("stroke", .text(stroke)),
        ("stroke-width", .number(width)),
      ])
  }

  mutating func text(
    _ text: String, x: Double, y: Double, size: Double, anchor: Anchor = .start, bold: Bool = false, rotated: Bool = false,
    fill: String = "#222222"
  ) {
    var attributes: [(String, Value)] = [
      ("x", .number(x)), ("y", .number(y)), ("font-size", .number(size)), ("text-anchor", .text(anchor.rawValue)), ("fill", .text(fill)),
    ]
    if bold { attributes.append(("font-weight", .text("bold"))) }
    if rotated { attributes.append(("transform", .text("rotate(-90 \(Self.number(x)) \(Self.number(y)))"))) }
    element("text", attributes, content: text)
  }

  private enum Value {
    case number(Double)
    case text(String)
  }

  private mutating func element(_ name: String, _ attributes: [(String, Value)], content: String? = nil) {
    let list = attributes.map { key, value in
      switch value {
      case .number(let number): " \(key)=\"\(Self.number(number))\""
      case .text(let text): " \(key)=\"\(Self.escaped(text))\""
      }
    }.joined()
    body += "  <\(name)\(list)" + (content.map { ">\(Self.escaped($0))</\(name)>\n" } ?? "/>\n")
  }

  static func number(_ value: Double) -> String {
    let text = NumberText.fixed(value, decimals: 2)
    // The dot stops the first drop, so "100.00" loses only its decimals.
    let short = String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
    return short == "-0" ? "0" : short
  }

  /// Text in which nothing is markup; characters that XML 1.0 does not allow are left out.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: scalar.value < 32 && !"\t\n\r".unicodeScalars.contains(scalar) ? "" : String(scalar)
      }
    }.joined()
  }
}
