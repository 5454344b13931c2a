/// One coded picture as the contents of a `.bps` file.
///
/// Layout, numbers in groups of 7 bits with the lowest first:
/// the bytes `BPS`, a version byte, the model's identity (length and text), the first 8 bytes of the weights' hash, from version 2 on the
/// arithmetic (length and text), in version 3 the side of the tiles and their overlap, in version 4 those or a zero and the form of the streams, in version 5 all of these and the place on the axis of rates, width, height, padding (left, top, right, bottom), the number of latent shapes and each height and width, the number of payloads and each length,
/// the payloads, and the CRC-32 of everything before it (4 bytes, little-endian).
/// Beside the payloads that is 4 + 8 + 4 bytes, the identity and about a dozen more, and a dozen for the arithmetic.
public struct Container: Sendable, Equatable {
  /// The newest version of the format; older ones are read, too.
  public static let newestVersion = 5
  /// The largest place on an axis of rates.
  public static let largestRatePosition = 255 * 1024
  /// The number of bytes kept of the weights' hash.
  ///
  /// The hash tells weights apart that were taken for each other by mistake; it does not protect against an attacker, who could
  /// change the whole file. 64 bits do that: among a million sets of weights two agree with a probability below 10⁻⁷. The other
  /// 24 bytes of a SHA-256 would cost 192 bits for each picture, which counts at low rates.
  public static let weightsHashByteCount = 8

  /// Samples that were added around the picture before it was coded.
  public struct Padding: Sendable, Equatable {
    /// Columns added on the left.
    public let left: Int
    /// Rows added above.
    public let top: Int
    /// Columns added on the right.
    public let right: Int
    /// Rows added below.
    public let bottom: Int

    /// Creates a padding, by default none.
    public init(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) {
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }
  }

  /// How the encoder cut the padded picture for its analysis transform.
  ///
  /// The streams are those of an encoder that did not, but for elements that lie within rounding errors of the border between two whole numbers,
  /// and a decoder needs nothing of it.
  public struct Tiling: Sendable, Equatable {
    /// The side of the squares whose latents were kept, in pixels.
    public let side: Int
    /// How far the parts that were transformed reached beyond each side of the squares, in pixels.
    public let overlap: Int

    /// Creates a note.
    public init(side: Int, overlap: Int) {
      self.side = side
      self.overlap = overlap
    }
  }

  /// The height and width of a latent tensor.
  public struct SpatialShape: Sendable, Equatable {
    /// Rows.
    public let height: Int
    /// Columns.
    public let width: Int

    /// Creates a shape.
    public init(height: Int, width: Int) {
      self.height = height
      self.width = width
    }
  }

  /// The name under which the model is known, 1 to 255 visible ASCII characters.
  public let modelIdentity: String
  /// The first 8 bytes of the SHA-256 of the weights.
  public let weightsHash: [UInt8]
  /// With what the encoder computed what its decoder has to compute alike, at most 63 visible ASCII characters; empty where nothing depends on it.
  public let arithmetic: String
  /// How the analysis transform was run; nil where it saw the picture as a whole.
  public let tiling: Tiling?
  /// The form of the streams, but for those that a model codes in the compatible form whatever is wanted.
  public let streamForm: StreamForm
  /// The place on the axis of rates of a model with several, 1024 steps from one trained rate to the next; nil for a model of one rate.
  public let ratePosition: Int?
  /// The width of the picture without padding, in pixels.
  public let width: Int
  /// The height of the picture without padding, in pixels.
  public let height: Int
  /// What was added around the picture.
  public let padding: Padding
  /// The shapes of the latent tensors, in the model's order, at most 255.
  public let latentShapes: [SpatialShape]
  /// The entropy-coded streams, in the model's order, at most 255.
  public let payloads: [[UInt8]]

  /// Creates a container.
  ///
  /// - Throws: ``EntropyCodingError`` when a value breaks the rule of its field, see ``Field``.
  public init(
    modelIdentity: String, weightsHash: [UInt8], arithmetic: String = "", tiling: Tiling? = nil, streamForm: StreamForm = .compatible,
    ratePosition: Int? = nil, width: Int, height: Int, padding: Padding = Padding(), latentShapes: [SpatialShape], payloads: [[UInt8]]
  ) throws(EntropyCodingError) {
    self.modelIdentity = modelIdentity
    self.weightsHash = weightsHash
    self.arithmetic = arithmetic
    self.tiling = tiling
    self.streamForm = streamForm
    self.ratePosition = ratePosition
    self.width = width
    self.height = height
    self.padding = padding
    self.latentShapes = latentShapes
    self.payloads = payloads
    try checkInvariants()
  }

  /// The version of the format: 5 with a place on an axis of rates, else 4 with streams in another form than the compatible one, else 3 with a
  /// tiling, else 2 with an arithmetic, else 1.
  ///
  /// It is the least that can say what is to be said, so that older programs read what they can.
  public var version: Int {
    if ratePosition != nil { return 5 }
    return streamForm != .compatible ? 4 : tiling != nil ? 3 : arithmetic.isEmpty ? 1 : 2
  }
  /// The width of the picture with its padding, in pixels.
  public var paddedWidth: Int { padding.left + width + padding.right }
  /// The height of the picture with its padding, in pixels.
  public var paddedHeight: Int { padding.top + height + padding.bottom }
}
