extension ArchitectureDiagram {
  private static let (width, blockWidth, blockHeight, gap) = (900.0, 236.0, 28.0, 26.0)
  private static let (left, right, middle) = (32.0 + 118, 900.0 - 32 - 118, 450.0)

  /// Returns the drawing as an SVG document on white.
  public func svg() -> String {
    var heights: [Double] = []
    for level in levels { heights.append(Self.height(of: level)) }
    let top = 100.0
    let height = top + heights.reduce(0, +) + 56
    var document = SVGDocument(width: Self.width, height: height, background: "#ffffff")
    document.title(title, subtitle, width: Self.width)
    var y = top
    for (index, level) in levels.enumerated() {
      draw(level, isFirst: index == 0, hasNext: index + 1 < levels.count, from: y, to: y + heights[index], &document)
      y += heights[index]
    }
    drawLegend(&document, y: height - 34)
    return document.text
  }

  private static func height(of network: Network) -> Double { Double(network.blocks.count) * (blockHeight + gap) + 30 }

  private static func height(of level: Level) -> Double {
    max(height(of: level.analysis), height(of: level.synthesis)) + 24 + codingHeight(of: level)
  }

  /// The row of Q, AE and AD with the entropy model and the context model under it.
  private static func codingHeight(of level: Level) -> Double {
    72 + entropyHeight(of: level) + (level.context.isEmpty ? 0 : Double(level.context.count) * (blockHeight + contextGap) + 24)
  }

  private static let (entropyWidth, contextGap) = (216.0, 16.0)

  private static func entropyHeight(of level: Level) -> Double { Double(level.entropyModel.count) * 19 + 16 }

  private func draw(_ level: Level, isFirst: Bool, hasNext: Bool, from top: Double, to bottom: Double, _ document: inout SVGDocument) {
    let row = bottom - Self.codingHeight(of: level) + 14
    let (left, right) = (Self.left, Self.right)
    let hat = level.name + "\u{302}"
    // The networks hang on the row of the latent: the encoder ends there, the decoder begins there.
    var start = top
    if isFirst {
      document.label("x", input, x: left, y: top - 14)
      document.label("x\u{302}", input, x: right, y: top - 14)
      start = top + 6
    }
    column(level.analysis, x: left, from: start, to: row - 16, isDown: true, namesLast: false, &document)
    column(level.synthesis, x: right, from: start, to: row - 16, isDown: false, namesLast: !isFirst, &document)
    document.label(level.name, level.shape, x: left, y: row)
    document.label(hat, level.shape, x: right, y: row)
    // The row from the latent to bits and back.
    let places = [left + 112, left + 170, Self.middle, right - 170]
    for (place, word) in zip([places[0], places[1], places[3]], ["Q", "AE", "AD"]) { document.box(word, x: place, y: row, width: 44) }
    document.bits(x: Self.middle, y: row, name: level.name)
    document.arrow(from: (left + 58, row), to: (places[0] - 22, row))
    document.arrow(from: (places[0] + 22, row), to: (places[1] - 22, row))
    document.arrow(from: (places[1] + 22, row), to: (Self.middle - 38, row))
    document.arrow(from: (Self.middle + 38, row), to: (places[3] - 22, row))
    document.arrow(from: (places[3] + 22, row), to: (right - 58, row))
    entropy(level, row: row, encoder: places[1], decoder: places[3], &document)
    if hasNext { parameters(of: level, row: row, from: bottom, &document) }
    if hasNext { document.line(from: (left, row + 18), to: (left, bottom), stroke: "#444444") }
  }

  /// The entropy model under the row, which coder and decoder share.
  private func entropy(_ level: Level, row: Double, encoder: Double, decoder: Double, _ document: inout SVGDocument) {
    let height = Self.entropyHeight(of: level)
    let top = row + 40
    let (x, width) = (Self.middle - Self.entropyWidth / 2, Self.entropyWidth)
    document.rectangle(x: x, y: top, width: width, height: height, fill: Self.fill(.entropy), stroke: "#555555")
    for (index, line) in level.entropyModel.enumerated() {
      document.text(line, x: Self.middle, y: top + 22 + Double(index) * 19, size: 13, anchor: .middle)
    }
    document.line(from: (encoder, top + 12), to: (x, top + 12), stroke: "#444444")
    document.arrow(from: (encoder, top + 12), to: (encoder, row + 15))
    document.line(from: (x + width, top + 12), to: (decoder, top + 12), stroke: "#444444")
    document.arrow(from: (decoder, top + 12), to: (decoder, row + 15))
    guard !level.context.isEmpty else { return }
    var y = top + height + Self.contextGap
    for block in level.context {
      document.arrow(from: (Self.middle, y), to: (Self.middle, y - Self.contextGap))
      document.block(block, x: Self.middle, y: y, fill: Self.fill(block.kind), width: width, height: Self.blockHeight)
      y += Self.blockHeight + Self.contextGap
    }
    document.text("sees what of \(level.name)\u{302} is decoded", x: Self.middle, y: y + 2, size: 12, anchor: .middle, fill: "#555555")
  }

  /// What comes up on the right from the next latent: into the entropy model, or into what joins it with the context.
  private func parameters(of level: Level, row: Double, from bottom: Double, _ document: inout SVGDocument) {
    let height = Self.entropyHeight(of: level)
    let end = level.context.isEmpty ? row + 40 + height - 10 : row + 40 + height + Self.contextGap + Self.blockHeight / 2
    document.line(from: (Self.right, bottom), to: (Self.right, end), stroke: "#444444")
    document.arrow(from: (Self.right, end), to: (Self.middle + Self.entropyWidth / 2, end))
  }

  /// The layers of one network with arrows between them.
  private func column(
    _ network: Network, x: Double, from top: Double, to bottom: Double, isDown: Bool, namesLast: Bool, _ document: inout SVGDocument
  ) {
    let blocks = isDown ? network.blocks : network.blocks.reversed()
    let step = (bottom - top) / Double(max(blocks.count, 1))
    let side = isDown ? x - Self.blockWidth / 2 : x + Self.blockWidth / 2
    document.text(
      network.title, x: side + (isDown ? -12 : 20), y: (top + bottom) / 2, size: 13, anchor: .middle, rotated: true, fill: "#555555")
    for (index, block) in blocks.enumerated() {
      let y = top + step * (Double(index) + 0.5)
      document.block(
        block, x: x, y: y - Self.blockHeight / 2, fill: Self.fill(block.kind), width: Self.blockWidth, height: Self.blockHeight)
      let (before, after) = (y - Self.blockHeight / 2, y + Self.blockHeight / 2)
      if isDown {
        document.arrow(from: (x, index == 0 ? top : before - step + Self.blockHeight), to: (x, before))
        if index == blocks.count - 1 { document.arrow(from: (x, after), to: (x, bottom)) }
      } else {
        document.arrow(from: (x, index == blocks.count - 1 ? bottom : after + step - Self.blockHeight), to: (x, after))
        if index == 0 { document.arrow(from: (x, before), to: (x, top)) }
      }
      // What comes out at the end stands there already.
      let isLast = isDown ? index == blocks.count - 1 : index == 0
      guard !block.shape.isEmpty, namesLast || !isLast else { continue }
      document.text(block.shape, x: x + 8, y: isDown ? after + 14 : before - 6, size: 11, fill: "#555555")
    }
  }

  private func drawLegend(_ document: inout SVGDocument, y: Double) {
    let words: [(String, Kind)] = [("layer with weights", .layer), ("non-linearity", .nonlinearity), ("entropy model", .entropy)]
    var x = 60.0
    for (word, kind) in words {
      document.rectangle(x: x, y: y - 11, width: 16, height: 13, fill: Self.fill(kind), stroke: "#555555")
      document.text(word, x: x + 22, y: y, size: 12, fill: "#444444")
      x += 44 + PlotFrame.textWidth(word, size: 12)
    }
    document.text(
      "Q quantisation, AE and AD arithmetic encoder and decoder; shapes are channels × height × width", x: 60, y: y + 20, size: 12,
      fill: "#444444")
  }

  private static func fill(_ kind: Kind) -> String {
    switch kind {
    case .layer: "#d9e8f5"
    case .nonlinearity: "#fbe3cf"
    case .entropy: "#d5eee4"
    }
  }
}

extension SVGDocument {
  /// A line that ends in a tip.
  mutating func arrow(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    line(from: from, to: to, stroke: "#444444")
    let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
    guard length > 1 else { return }
    let (dx, dy) = ((to.x - from.x) / length, (to.y - from.y) / length)
    polygon(
      [to, (to.x - 7 * dx + 3.5 * dy, to.y - 7 * dy - 3.5 * dx), (to.x - 7 * dx - 3.5 * dy, to.y - 7 * dy + 3.5 * dx)],
      fill: "#444444", stroke: "none", width: 0)
  }

  /// A name with a shape under it.
  mutating func label(_ name: String, _ shape: String, x: Double, y: Double) {
    text(name, x: x, y: y - 2, size: 16, anchor: .middle, bold: true)
    text(shape, x: x, y: y + 13, size: 11, anchor: .middle, fill: "#555555")
  }

  /// A small box with a word.
  mutating func box(_ word: String, x: Double, y: Double, width: Double) {
    rectangle(x: x - width / 2, y: y - 14, width: width, height: 28, fill: "#ffffff", stroke: "#444444")
    text(word, x: x, y: y + 5, size: 14, anchor: .middle)
  }

  /// The bits of a latent.
  mutating func bits(x: Double, y: Double, name: String) {
    rectangle(x: x - 38, y: y - 14, width: 76, height: 28, fill: "#f2f2f2", stroke: "#444444")
    text("bits of \(name)", x: x, y: y + 4, size: 12, anchor: .middle)
  }

  /// A layer with its title, which is made to fit.
  mutating func block(_ block: ArchitectureDiagram.Block, x: Double, y: Double, fill: String, width: Double, height: Double) {
    rectangle(x: x - width / 2, y: y, width: width, height: height, fill: fill, stroke: "#555555")
    let size = min(13, 13 * (width - 12) / max(PlotFrame.textWidth(block.title, size: 13), 1))
    text(block.title, x: x, y: y + height / 2 + 4.5, size: size, anchor: .middle)
  }
}
