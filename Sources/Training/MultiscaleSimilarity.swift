public import Torch
import Weights

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The multi-scale structural similarity of tensors, 0 to 1, through which gradients pass; that of the program pytorch_msssim 1.0.0.
///
/// Five scales, each half the size of the one before; at each the mean of the contrast term of SSIM, at the last that of SSIM itself, clamped at 0
/// and raised to the scale's weight; their product for each channel, then the mean of channels and pictures. The window is a Gaussian of 11 samples
/// with σ = 1.5, without a border; odd sides are halved with a border of zeros that count. Wang, Simoncelli, Bovik: "Multiscale structural similarity
/// for image quality assessment", Asilomar 2003, eq. 7. ``Metrics/MSSSIM`` measures the same on 8-bit pictures.
public enum MultiscaleSimilarity {
  /// The longest short side for which the measure is undefined: four halvings must leave room for the window.
  public static let sizeLimit = 160

  private static let weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
  private static let windowLength = 11
  private static let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)  // of a data range of 1

  /// Returns the mean similarity of pictures `[N, C, H, W]` in 0…1, with the shape `[]`.
  ///
  /// - Throws: ``TrainingError/tooSmallForMSSSIM(height:width:)`` when a side has 160 pixels or fewer.
  public static func mean(_ left: Tensor, _ right: Tensor) throws -> Tensor {
    let shape = left.shape
    guard shape.count == 4, min(shape[2], shape[3]) > sizeLimit else {
      throw TrainingError.tooSmallForMSSSIM(height: shape.dropFirst(2).first ?? 0, width: shape.last ?? 0)
    }
    let windows = try windows(channels: shape[1], type: left.elementType ?? .float32)
    var (x, y) = (left, right)
    var product: Tensor?
    for (scale, weight) in weights.enumerated() {
      let isLast = scale == weights.count - 1
      let terms = try terms(x, y, windows: windows)
      let factor = try (isLast ? terms.similarity : terms.contrast).rectified().power(weight)  // [N, C]
      product = try product.map { try $0 * factor } ?? factor
      if !isLast { (x, y) = (try halved(x), try halved(y)) }
    }
    return try (product ?? Tensor.full([1], 1)).mean()
  }

  private typealias Windows = (down: Tensor, along: Tensor, channels: Int)

  /// The window down the columns and along the rows, once for each channel.
  private static func windows(channels: Int, type: ElementType) throws -> Windows {
    let middle = Double(windowLength / 2)
    let values = (0..<windowLength).map { exp(-(Double($0) - middle) * (Double($0) - middle) / (2 * 1.5 * 1.5)) }
    let sum = values.reduce(0, +)
    let one = try Tensor(values.map { $0 / sum }, shape: [1, 1, 1, windowLength]).to(type)
    let window = try one.expanded([channels, 1, 1, windowLength]).contiguous()
    return (try window.reshaped([channels, 1, windowLength, 1]), window, channels)
  }

  /// The means over all places of SSIM and of its contrast term, each `[N, C]`.
  private static func terms(_ x: Tensor, _ y: Tensor, windows: Windows) throws -> (similarity: Tensor, contrast: Tensor) {
    func filtered(_ tensor: Tensor) throws -> Tensor {
      try tensor.convolved(weight: windows.down, bias: nil, groups: windows.channels)
        .convolved(weight: windows.along, bias: nil, groups: windows.channels)
    }
    let (meanX, meanY) = (try filtered(x), try filtered(y))
    let (squareX, squareY, meanProduct) = (try meanX.squared(), try meanY.squared(), try meanX * meanY)
    let varianceX = try filtered(x.squared()) - squareX
    let varianceY = try filtered(y.squared()) - squareY
    let covariance = try filtered(x * y) - meanProduct
    let contrast = try (covariance * 2 + c2) / (varianceX + varianceY + c2)
    let similarity = try (meanProduct * 2 + c1) / (squareX + squareY + c1) * contrast
    return (try similarity.mean(over: [2, 3]), try contrast.mean(over: [2, 3]))
  }

  private static func halved(_ tensor: Tensor) throws -> Tensor {
    try tensor.averagePooled(kernel: 2, stride: 2, padding: tensor.shape.suffix(2).map { $0 % 2 })
  }
}
