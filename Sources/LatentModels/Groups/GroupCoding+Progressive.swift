public import Torch
import Weights

/// A coding whose streams can be decoded in parts.
public protocol ProgressiveCoding: ConditionalCoding {
  /// The number of groups of a latent of some size.
  func groupCount(height: Int, width: Int) -> Int

  /// Returns ŷ of one picture after each of some groups, with what a decoder expects of the groups behind it.
  ///
  /// What is expected of an element is its centre, predicted from the elements that are known and from what is expected of the others before it.
  ///
  /// - Parameters:
  ///   - streams: those of one picture.
  ///   - groups: the numbers of groups after which ŷ is asked for, counted from 1, increasing.
  /// - Returns: for each number a tensor `[1, M, height, width]`; that of the last group is what the coding decodes.
  /// - Throws: `EntropyCodingError` or ``LatentModelError`` when a stream is cut or damaged in the groups up to the last one asked for.
  func decompress(_ streams: [[UInt8]], hyper: Tensor?, height: Int, width: Int, after groups: [Int]) throws -> [Tensor]
}

extension GroupCoding: ProgressiveCoding {
  /// The number of groups of a latent of some size.
  public func groupCount(height: Int, width: Int) -> Int { context.order(height: height, width: width).groups.count }

  /// Returns ŷ after each of some groups.
  public func decompress(_ streams: [[UInt8]], hyper: Tensor?, height: Int, width: Int, after groups: [Int]) throws -> [Tensor] {
    guard streams.count == streamCount else {
      throw LatentModelError.size(expected: "\(streamCount) streams", found: "\(streams.count)")
    }
    return try CodingConditions.run {
      let device = hyper?.device ?? .cpu
      let hyper = try hyper?.contiguous()
      // A group that is decoded once is not decoded again: its whole numbers are kept.
      let decoders = try streams.map { try density.decoder($0) }
      var decoded: [Int: Tensor] = [:]
      let latents = try groups.map { last in
        try walk(height: height, width: width, device: device, hyper: hyper) { number, group, parameters in
          guard number < last else { return try restored(Tensor.zeros([1, group.count]).to(device), parameters: parameters) }
          let symbols = try decoded[number] ?? decoders[stream(of: number)].next(parameters: parameters.scaled).to(.float32).to(device)
          decoded[number] = symbols
          return try restored(symbols, parameters: parameters)
        }
      }
      // What is left over after the last group is damage.
      if groups.last == groupCount(height: height, width: width) { for decoder in decoders { try decoder.finish() } }
      return latents
    }
  }
}
