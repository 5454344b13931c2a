public import EntropyCoding
import Images
public import Models
import Torch
import Weights

/// A model with its weights as a codec that writes `.bps` files.
///
/// Pictures are padded with zeros to multiples of the model's side, the picture in the middle, so that any size from 1×1 on can be coded. The
/// file states the model and a hash of its weights and coder tables; it is decoded only by the same.
public struct LearnedCodec: ImageCodec {
  /// How a model is run as a codec.
  public struct Options: Sendable, Equatable {
    /// The number whose multiples the sides are padded to; nil takes the model's own (CompressAI always takes 64).
    public var padMultiple: Int?
    /// Whether the transforms are run part by part.
    public var tiling = Tiling()
    /// The form of the streams that are written; every form is read.
    public var streamForm = StreamForm.compatible

    /// The rate of a model of several; nil takes the highest.
    ///
    /// What is coded is the nearest multiple of 1/1024.
    public var rate: RatePosition?

    /// The largest product of the padded sides that is decoded; a file of a few bytes can announce a picture of any size.
    public var maximumPixelCount = Container.maximumPixelCount

    /// Creates options that are the defaults but for those given.
    public init(padMultiple: Int? = nil, tiling: Tiling = Tiling(), streamForm: StreamForm = .compatible) {
      (self.padMultiple, self.tiling, self.streamForm) = (padMultiple, tiling, streamForm)
    }
  }

  /// The model's name in its files, for example its class path: 1 to 255 visible ASCII characters.
  public let identity: String
  /// What the codec is, in one line.
  public let summary: String
  /// The SHA-256 of the model's parameters and coder tables but for the network of thumbnails, 32 bytes.
  public let weightsHash: [UInt8]
  /// The suffix of its files, `bps`.
  public var fileSuffix: String { "bps" }
  /// True: pictures of one size go through the networks together.
  public var codesBatches: Bool { true }

  /// The model at its rate.
  package private(set) var model: any CompressionModel
  /// The rate of a model of several; nil for a model of one.
  public private(set) var rate: RatePosition?
  let whole: any CompressionModel
  let device: Device
  let padMultiple: Int
  private(set) var tiles: TilePlanner
  private let tiling: Tiling
  let streamForm: StreamForm
  let maximumPixelCount: Int
  /// What the computed tables of this process depend on; nil for a model without such tables.
  let arithmetic: Arithmetic?

  /// Creates a codec from a model whose weights are loaded and whose coder tables are computed.
  ///
  /// The model must not be changed afterwards: its weights are hashed here.
  ///
  /// - Throws: ``CodecError/padMultiple(value:sideMultiple:)``, ``CodecError/streamForm(model:form:)`` for a form that the model does not code in, and
  ///   `RateError` for a rate that it has not.
  public init(model: any CompressionModel, identity: String, summary: String = "", options: Options = Options()) throws {
    let multiple = options.padMultiple ?? model.sideMultiple
    guard multiple > 0, multiple % model.sideMultiple == 0 else {
      throw CodecError.padMultiple(value: multiple, sideMultiple: model.sideMultiple)
    }
    whole = model
    rate = (model as? any VariableRateModel).map { RatePosition(coded: (options.rate ?? $0.rateAxis.last).coded) }
    self.model = try model.atRate(rate ?? options.rate, name: identity)
    guard self.model.streamForms.contains(options.streamForm) else {
      throw CodecError.streamForm(model: identity, form: options.streamForm.rawValue)
    }
    self.identity = identity
    self.summary = summary.isEmpty ? "learned codec \(identity)" : summary
    // What shows thumbnails is not needed for coding.
    let state = try model.storedState()
    weightsHash = StoredTensors(state.filter { !$0.name.hasPrefix(ThumbnailName.prefix) }, metadata: state.metadata).sha256
    device = model.namedParameters().first?.parameter.tensor.device ?? .cpu
    arithmetic = model.predictsTables ? try Arithmetic.current(on: device) : nil
    padMultiple = multiple
    streamForm = options.streamForm
    maximumPixelCount = options.maximumPixelCount
    tiling = options.tiling
    tiles = TilePlanner(model: self.model, identity: identity, tiling: tiling, device: device)
  }

  /// The rates of a model of several; nil for a model of one.
  public var rateAxis: RateAxis? { (whole as? any VariableRateModel)?.rateAxis }

  /// Returns the codec at another rate, the nearest that a file can state.
  ///
  /// - Throws: `RateError` when the model has no such rate.
  public func at(_ position: RatePosition) throws -> LearnedCodec {
    let position = RatePosition(coded: position.coded)
    if position == rate { return self }
    return copy(model: try whole.atRate(position, name: identity), rate: position)
  }

  /// The codec with the model at another rate.
  func copy(model: any CompressionModel, rate: RatePosition) -> LearnedCodec {
    var codec = self
    codec.model = model
    codec.rate = rate
    codec.tiles = TilePlanner(model: model, identity: identity, tiling: tiling, device: device)
    return codec
  }
}
