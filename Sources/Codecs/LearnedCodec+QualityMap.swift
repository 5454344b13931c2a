import EntropyCoding
public import Images
import Models
import Torch

extension LearnedCodec {
  /// Returns the `.bps` file of a picture of which each place has a quality of its own.
  ///
  /// The file states the mean of the qualities as its rate; decoding needs no map.
  ///
  /// - Parameter qualityMap: of the size of the picture; black for the lowest rate, white for the highest.
  /// - Throws: `RateError.noQualityMap` when the model takes none, ``CodecError/qualityMap(width:height:pictureWidth:pictureHeight:)``.
  public func encode(_ image: Image, qualityMap: Image) throws -> CodedImage {
    try withQualityMap(qualityMap, for: image).encode(image)
  }

  private func withQualityMap(_ map: Image, for image: Image) throws -> LearnedCodec {
    guard let mapped = whole as? any QualityMapModel, let axis = rateAxis else { throw RateError.noQualityMap }
    guard (map.width, map.height) == (image.width, image.height) else {
      throw CodecError.qualityMap(width: map.width, height: map.height, pictureWidth: image.width, pictureHeight: image.height)
    }
    let padding = Container.Padding(width: image.width, height: image.height, toMultipleOf: padMultiple)
    let qualities = try tensor(of: [map], padding: Container.Padding()).mean(over: [1], keeping: true).contiguous()
    let padded = try qualities.padded(left: padding.left, right: padding.right, top: padding.top, bottom: padding.bottom)
    let mean = try qualities.mean().item()
    return copy(model: try mapped.bound(toMap: padded), rate: RatePosition(coded: RatePosition(mean * axis.last.position).coded))
  }
}
