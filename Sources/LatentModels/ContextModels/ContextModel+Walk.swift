import Torch
import Weights

extension ContextModel {
  /// Walks over an `[N, M, H, W]` latent as an encoder does, with each element rounded to its mean plus what a whole number stands for.
  ///
  /// - Parameters:
  ///   - hyper: ψ, `[N, 2·M, H, W]`.
  ///   - step: how fine.
  ///   - visit: called for each place, counted over all samples, in any order, with M scales, means and whole numbers.
  /// - Returns: ŷ, `[N, M, H, W]`, in row-major order.
  /// - Throws: ``LatentModelError`` for a latent that is not finite, and for ψ of another size.
  func walk(
    latent: Tensor, hyper: Tensor, step: SerialStep,
    _ visit: (_ place: Int, _ scales: UnsafePointer<Float>, _ means: UnsafePointer<Float>, _ wholes: UnsafePointer<Float>) -> Void
  ) throws -> Tensor {
    let shape = latent.shape
    guard shape.count == 4, shape[1] == channels else {
      throw LatentModelError.size(expected: "a latent of \(channels) channels", found: "\(shape)")
    }
    let wholes = FloatRows(count: 1, width: channels)
    return try Self.placesFirst(latent).withElements(Float.self) { latent in
      try walk(.diagonals, samples: shape[0], height: shape[2], width: shape[3], hyper: hyper) { place, scales, means, values in
        for channel in 0..<channels {
          let whole = ((latent[place * channels + channel] - means[channel]) * step.gains[channel]).rounded(.toNearestOrEven)
          guard abs(whole) < 0x1p30 else { throw Self.notCodable }
          wholes[0][channel] = whole
          values[channel] = step.value(of: whole, scale: scales[channel] * step.gains[channel], channel: channel) + means[channel]
        }
        visit(place, scales, means, wholes[0])
      }
    }
  }

  /// Walks over the places of all samples; `step` counts them over all of them.
  ///
  /// - Returns: ŷ, `[N, M, H, W]`, in row-major order.
  func walk(
    _ order: SerialContext.Order, samples: Int, height: Int, width: Int, hyper: Tensor, step: SerialContext.Step
  ) throws -> Tensor {
    guard hyper.shape == [samples, 2 * channels, height, width] else {
      throw LatentModelError.size(
        expected: "the hyper synthesis' output of the shape \([samples, 2 * channels, height, width])", found: "\(hyper.shape)")
    }
    let context = try arranged.context(of: self)
    let places = height * width
    let values = try Self.placesFirst(hyper).withElements(Float.self) { hyper in
      try Tensor.make(Float.self, shape: [samples, height, width, channels]) { values in
        guard let hyper = hyper.baseAddress, let values = values.baseAddress else { return }
        for sample in 0..<samples {
          let first = sample * places
          try context.walk(
            order, height: height, width: width, hyper: hyper + first * 2 * channels, values: values + first * channels
          ) { try step(first + $0, $1, $2, $3) }
        }
      }
    }
    return try values.permuted([0, 3, 1, 2]).contiguous()
  }

  private static func placesFirst(_ tensor: Tensor) throws -> Tensor { try tensor.detached().permuted([0, 2, 3, 1]).contiguous() }

  private static let notCodable = LatentModelError.notCodable(reason: "an element is not finite or too large; did the training diverge?")
}
