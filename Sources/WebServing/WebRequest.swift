/// What a browser asks for.
public struct WebRequest: Sendable, Equatable {
  /// The decoded path below the root, without a slash at its beginning: empty, `models/fp.html`.
  public let path: String
  /// The values after the question mark, in their order.
  public let query: [Parameter]

  /// A name with a value.
  public struct Parameter: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value; empty where there is none.
    public let value: String

    /// Creates a parameter.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }
  }

  /// Creates a request.
  public init(path: String, query: [Parameter] = []) { (self.path, self.query) = (path, query) }

  /// The values of a name.
  public func values(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }
}

/// What it gets.
public struct WebResponse: Sendable, Equatable {
  /// The status: 200, 404.
  public let status: Int
  /// What the body is, as HTTP names it.
  public let type: String
  /// The body.
  public let body: [UInt8]

  /// Creates a response of a text.
  public init(status: Int = 200, type: String, text: String) { (self.status, self.type, body) = (status, type, [UInt8](text.utf8)) }
}
