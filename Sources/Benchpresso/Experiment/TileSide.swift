import Codecs
public import Configuration

/// The side of tiles: a number of pixels, `auto` or `off`.
public struct TileSide: Sendable, Equatable {
  let side: Tiling.Side

  /// As large as the memory limit allows, for pictures that need it.
  public static let automatic = TileSide(side: .automatic)

  init(side: Tiling.Side) { self.side = side }

  /// Reads a number from 1 on, `auto` or `off`; nil for anything else.
  init?(text: String) {
    switch text {
    case "auto": side = .automatic
    case "off": side = .off
    default:
      guard let pixels = Int(text), pixels > 0 else { return nil }
      side = .pixels(pixels)
    }
  }

  var text: String {
    switch side {
    case .automatic: "auto"
    case .off: "off"
    case .pixels(let pixels): "\(pixels)"
    }
  }
}

extension TileSide: NodeDecodable {
  /// Creates a side from a number, `auto` or `off`.
  ///
  /// - Throws: `ReportedProblem` after anything else was reported.
  public init(given: Node?, fallback: Node?, path: String, context: SettingsContext) throws {
    let node = given ?? fallback ?? Node(.string("auto"))
    guard let value = node.plainText.flatMap(TileSide.init(text:)) else {
      context.report(node.mark, path: path, "expected \(Self.typeDescription), found \(node.summary)")
      throw ReportedProblem()
    }
    self = value
  }

  /// The number or the word.
  public var node: Node { if case .pixels(let pixels) = side { Node(.int(pixels)) } else { Node(.string(text)) } }
  /// `a number of pixels, auto or off`.
  public static var typeDescription: String { "a number of pixels, auto or off" }
  /// A number from 1 on, or one of the two words.
  public static var form: SettingForm { .scalar(ScalarForm([.integer], texts: .choices(["auto", "off"]), minimum: 1)) }
}

extension Node {
  /// A whole number or a text as it is read, anything else as it was written.
  var plainText: String? {
    switch value {
    case .string(let string): string
    case .int(let int): "\(int)"
    default: text
    }
  }
}
