import SafeFiles

/// Writing a plot as SVG, PNG and PDF under one name.
enum PlotFiles {
  /// Writes `base.svg` and, through `rsvg-convert`, `base.png` and `base.pdf`.
  ///
  /// - Throws: `FileError` when the SVG cannot be written.
  static func write(_ document: String, base: String, converter: String) throws(FileError) -> RatePlot.Written {
    let (svg, png, pdf) = ("\(base).svg", "\(base).png", "\(base).pdf")
    try AtomicFile.write(document, to: svg)
    let program = PNGConverter(program: converter)
    let outcomes = [(png, program.convert(svg: svg, png: png)), (pdf, program.convert(svg: svg, pdf: pdf))]
    return RatePlot.Written(
      paths: [svg] + outcomes.filter { $0.1 == nil }.map(\.0),
      notes: outcomes.compactMap { path, problem in problem.map { "\(path) was not written: \($0)" } })
  }
}
