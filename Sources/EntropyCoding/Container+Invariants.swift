extension Container {
  /// A part of the file that can hold a wrong value.
  public enum Field: Sendable, Equatable, CaseIterable {
    /// The model's identity.
    case modelIdentity
    /// The weights' hash.
    case weightsHash
    /// What the encoder computed with.
    case arithmetic
    /// The side of the tiles and their overlap.
    case tiling
    /// The form of the streams.
    case streamForm
    /// The place on the axis of rates.
    case ratePosition
    /// The width and height of the picture.
    case size
    /// The padding.
    case padding
    /// The latent shapes.
    case latentShapes
    /// The payloads.
    case payloads

    /// What must hold for the field, as a clause.
    public var rule: String {
      switch self {
      case .modelIdentity: "the model's identity must have 1 to 255 visible ASCII characters"
      case .weightsHash: "the weights' hash must have \(Container.weightsHashByteCount) bytes"
      case .arithmetic: "the arithmetic must have 1 to 63 visible ASCII characters"
      case .tiling: "the side of tiles must be 1 to \(Container.maximumSide) and their overlap 0 to \(Container.maximumPadding)"
      case .streamForm: "the form of the streams must be 1 or more in version 4"
      case .ratePosition: "the place on the axis of rates must be 0 to \(Container.largestRatePosition)"
      case .size: "width and height must be 1 to \(Container.maximumSide)"
      case .padding: "each padding must be 0 to \(Container.maximumPadding)"
      case .latentShapes: "there must be at most 255 latent shapes, each at least 1×1 and not larger than the padded picture"
      case .payloads: "there must be at most 255 payloads, each shorter than 4 GiB"
      }
    }
  }

  /// The largest width and height.
  public static let maximumSide = 1 << 24
  /// The largest product of the padded width and height that is decoded unless a caller says otherwise.
  public static let maximumPixelCount = 1 << 26
  /// The largest padding on one side.
  public static let maximumPadding = 65535

  /// Checks the rules of all fields.
  ///
  /// - Throws: ``EntropyCodingError`` with the first field that breaks its rule.
  public func checkInvariants() throws(EntropyCodingError) { try checkInvariants(name: modelIdentity) }

  func checkInvariants(name: String) throws(EntropyCodingError) {
    // Only visible ASCII: the text is shown to people, and two spellings of one letter would be equal but not the same bytes.
    let identity = modelIdentity.utf8
    guard (1...255).contains(identity.count), identity.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .containerField(name: name, field: .modelIdentity)
    }
    guard weightsHash.count == Self.weightsHashByteCount else { throw .containerField(name: name, field: .weightsHash) }
    let arithmetic = arithmetic.utf8
    guard arithmetic.count <= 63, arithmetic.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .containerField(name: name, field: .arithmetic)
    }
    let sides = 1...Self.maximumSide
    guard tiling.map({ sides.contains($0.side) && 0...Self.maximumPadding ~= $0.overlap }) ?? true else {
      throw .containerField(name: name, field: .tiling)
    }
    guard ratePosition.map({ 0...Self.largestRatePosition ~= $0 }) ?? true else {
      throw .containerField(name: name, field: .ratePosition)
    }
    guard sides.contains(width), sides.contains(height) else { throw .containerField(name: name, field: .size) }
    guard [padding.left, padding.top, padding.right, padding.bottom].allSatisfy((0...Self.maximumPadding).contains) else {
      throw .containerField(name: name, field: .padding)
    }
    let shapesFit = latentShapes.allSatisfy { (1...paddedHeight).contains($0.height) && (1...paddedWidth).contains($0.width) }
    guard latentShapes.count <= 255, shapesFit else { throw .containerField(name: name, field: .latentShapes) }
    guard payloads.count <= 255, payloads.allSatisfy({ $0.count <= Int(UInt32.max) }) else {
      throw .containerField(name: name, field: .payloads)
    }
  }
}
