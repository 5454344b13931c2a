import Images

/// What a base picture lacks, as a picture of 8-bit samples that any codec can code.
///
/// A difference d = x − x̂ lies in −255 … 255. With step s a sample is d/s + 128:
///
/// * s = 1: exact for −128 … 127; what lies outside is clamped.
/// * s = 2: d/2 is rounded towards zero, so that odd differences are one too small; nothing is clamped.
///
/// The encoder takes the step that loses less. Zero is always 128, in the middle: there it stays grey in every colour space, and a coarse quantiser
/// keeps it. A range fitted to the picture, as min–max scaling has it, would shift the mean of the whole picture at low rates.
enum ResidualSamples {
  static let zero = 128

  /// Returns the step, 1 or 2, with the smaller sum of squared errors; 1 where they are the same.
  static func step(of original: Image, base: Image) -> Int {
    var clamped = 0
    var odd = 0
    for (sample, approximation) in zip(original.pixels, base.pixels) {
      let difference = Int(sample) - Int(approximation)
      odd += difference & 1
      let excess = difference - min(max(difference, -128), 127)
      clamped += excess * excess
    }
    return clamped <= odd ? 1 : 2
  }

  /// Returns the residual as a picture.
  ///
  /// - Precondition: both pictures have one size.
  static func picture(of original: Image, base: Image, step: Int) -> Image {
    combined(original, base) { min(max(($0 - $1) / step, -zero), zero - 1) + zero }
  }

  /// Returns the base with the residual added, clamped to 0 … 255.
  ///
  /// - Precondition: both pictures have one size.
  static func sum(of base: Image, residual: Image, step: Int) -> Image {
    combined(base, residual) { min(max($0 + step * ($1 - zero), 0), 255) }
  }

  private static func combined(_ left: Image, _ right: Image, _ sample: (Int, Int) -> Int) -> Image {
    precondition((left.width, left.height) == (right.width, right.height), "layers of a picture have one size")
    let pixels = zip(left.pixels, right.pixels).map { UInt8(sample(Int($0), Int($1))) }
    return Image(width: left.width, height: left.height, pixels: pixels)
  }
}
