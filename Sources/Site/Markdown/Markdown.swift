import Reporting

/// Markdown of a model card as HTML.
///
/// Headings, paragraphs, lists, quotations, code, tables, emphasis and links to the web; markup in the text stays text, and pictures become their
/// words, so that a stranger's card can neither run anything nor fetch anything.
struct Markdown {
  /// The text as HTML.
  let html: HTML

  /// The longest text that is taken apart; the rest of a longer one is left out with a note.
  static let longest = 64_000

  /// Reads a text.
  ///
  /// - Parameter headings: The level that headings of the first level get.
  init(_ text: String, headings: Int = 2) {
    let isLong = text.utf8.count > Self.longest
    let lines = text.prefix(Self.longest).split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    let blocks = MarkdownBlocks(headings: headings).html(lines[...], depth: 0)
    html = isLong ? blocks + .element("p", ["class": "soft"], HTML("The card is longer; the rest is left out.")) : blocks
  }
}
