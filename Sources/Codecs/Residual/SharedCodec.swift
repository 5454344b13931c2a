public import Images
import Models
import Synchronization
import Torch
import Weights

/// A codec that is bound to one thread at a time, lent to one after the other.
///
/// A learned codec holds tensors and cannot be used by several threads at once; pictures wait for it. `@unchecked`: the codec is touched under the lock
/// alone, and whoever makes this hands it over, which the compiler cannot see of what a catalogue builds.
public final class SharedCodec: ImageCodec, @unchecked Sendable {
  /// The codec's name.
  public let identity: String
  /// What the codec is, in one line; of a learned one also its weights and its rate.
  public let summary: String
  /// What a name of its coded files ends in, without the dot.
  public let fileSuffix: String
  /// Whether pictures of one size can be coded together faster than one by one.
  public let codesBatches: Bool
  /// The versions of the libraries that it needs.
  let versions: [String: String]
  private let codec: any ImageCodec
  private let lock = Mutex(())

  /// Takes a codec over; nobody else may use it from here on.
  ///
  /// - Throws: `TorchError` when a learned codec comes without libtorch.
  public init(_ codec: any ImageCodec) throws {
    (identity, fileSuffix, codesBatches) = (codec.identity, codec.fileSuffix, codec.codesBatches)
    let learned = codec as? LearnedCodec
    let weights = learned.map { ", weights \(Hash.hexadecimal($0.weightsHash).prefix(16))" } ?? ""
    let rate = learned?.rate.map { ", rate \($0.coded)/1024" } ?? ""
    summary = codec.summary + weights + rate
    versions = learned == nil ? [:] : ["libtorch": try Runtime.version()]
    self.codec = codec
  }

  /// Returns the coded form of each picture.
  public func encode(_ images: [Image]) throws -> [CodedImage] { try lock.withLock { _ in try codec.encode(images) } }

  /// Returns the pictures in coded files.
  public func decode(_ files: [[UInt8]], name: String) throws -> [DecodedImage] {
    try lock.withLock { _ in try codec.decode(files, name: name) }
  }

  /// The bits that the codec's own likelihoods predict.
  public func estimatedBits(_ images: [Image]) throws -> [Double]? { try lock.withLock { _ in try codec.estimatedBits(images) } }
}
