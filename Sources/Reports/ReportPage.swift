import CReportPage
import Reporting
public import SafeFiles

/// A report as one page of HTML that needs nothing else: no network, no other file.
public struct ReportPage: Sendable {
  /// The page.
  public let text: String

  /// Writes the page of a report.
  public init(_ report: Report) {
    let parts: [(mark: String, text: String)] = [
      ("<!--title-->", HTML.escaped(report.title)), ("<!--style-->", Self.colours + Self.file(bp_report_style())),
      ("<!--body-->", PageBody(report).html.markup), ("<!--data-->", ScriptJSON.text(PageData(report).json)),
      ("<!--script-->", Self.file(bp_report_script())),
    ]
    // Cut at the marks of the frame alone: a text of the report that looks like one stays a text.
    var rest = Self.file(bp_report_frame())[...]
    var page = ""
    for (mark, text) in parts {
      guard let range = rest.firstRange(of: mark) else { preconditionFailure("the frame of the page lacks \(mark)") }
      page += rest[..<range.lowerBound] + text
      rest = rest[range.upperBound...]
    }
    text = page + rest
  }

  /// Writes the file.
  ///
  /// - Throws: `FileError` when the system refuses.
  public func write(to path: String) throws(FileError) { try AtomicFile.write(text, to: path) }

  /// The colours of curves, which the style changes in the dark.
  private static var colours: String {
    ":root { " + PlotStyle.colours.enumerated().map { "--curve-\($0.offset): \($0.element);" }.joined(separator: " ") + " }\n"
  }

  private static func file(_ text: bp_text) -> String {
    String(decoding: UnsafeBufferPointer(start: text.bytes, count: text.size), as: UTF8.self)
  }
}
