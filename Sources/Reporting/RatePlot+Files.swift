public import SafeFiles

extension RatePlot {
  /// What writing a plot left behind.
  public struct Written: Sendable, Equatable {
    /// The files written.
    public let paths: [String]
    /// What could not be done and what helps, one sentence each.
    public let notes: [String]
  }

  /// Writes the plot as SVG and, through `rsvg-convert`, as PNG with twice the pixels.
  ///
  /// The SVG is the plot; the PNG is a convenience. Where the converter is missing or fails the SVG is there all the same and a note says
  /// what helps.
  ///
  /// - Parameters:
  ///   - svg: The path of the SVG file.
  ///   - png: The path of the PNG file; nil for none.
  ///   - converter: The program's name, looked up in PATH, or its path.
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(svg: String, png: String?, converter: String = "rsvg-convert") throws(FileError) -> Written {
    try Self.write(self.svg(), svg: svg, png: png, converter: converter)
  }

  /// Writes `base.svg`, `base.png` and `base.pdf`, as ``PanelPlot/write(base:converter:)`` does.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func writeAll(base: String, converter: String = "rsvg-convert") throws(FileError) -> Written {
    try PlotFiles.write(svg(), base: base, converter: converter)
  }

  /// Writes a document, which any plot may have drawn.
  static func write(_ document: String, svg: String, png: String?, converter: String) throws(FileError) -> Written {
    try AtomicFile.write(document, to: svg)
    guard let png else { return Written(paths: [svg], notes: []) }
    if let problem = PNGConverter(program: converter).convert(svg: svg, png: png) {
      return Written(paths: [svg], notes: ["\(png) was not written: \(problem)"])
    }
    return Written(paths: [svg, png], notes: [])
  }
}

extension ArchitectureDiagram {
  /// Writes the drawing as SVG and, through `rsvg-convert`, as PNG, as ``RatePlot`` does.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  public func write(svg: String, png: String?, converter: String = "rsvg-convert") throws(FileError) -> RatePlot.Written {
    try RatePlot.write(self.svg(), svg: svg, png: png, converter: converter)
  }
}
