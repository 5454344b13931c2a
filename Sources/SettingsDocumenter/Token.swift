/// A piece of Swift source, as fine as reading declarations needs it.
enum Token: Equatable {
  /// One line of a documentation comment, without `///` and the space after it.
  case documentation(String)
  /// An identifier, a keyword or a number.
  case word(String)
  /// A text literal with what stands between its quotes.
  case text(String)
  /// A sign; an operator of two signs is two of them.
  case symbol(Character)
  /// The end of a line outside literals and comments.
  case newline
}
