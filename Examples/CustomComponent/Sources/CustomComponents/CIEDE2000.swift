import Configuration
import Foundation
import Images
import Metrics
import Registry

/// The mean colour difference ΔE₀₀ of 8-bit sRGB pictures, 0 for identical ones; about 1 is just seen, and lower is better.
///
/// sRGB is taken to CIELAB with the white D65, and ΔE₀₀ with kL = kC = kH = 1 is computed for each pixel. CIE 142:2001; Sharma, Wu, Dalal: "The CIEDE2000
/// color-difference formula: implementation notes, supplementary test data, and mathematical observations", Color Research and Application 30 (1), 2005.
public struct CIEDE2000: ImageMetric {
  /// Creates the measure.
  public init() {}

  /// The name in results files.
  public var key: String { "ciede2000" }
  /// The name in tables.
  public var name: String { "CIEDE2000" }
  /// Lower is better.
  public var higherIsBetter: Bool { false }

  /// Returns the mean over all pixels; never nil.
  ///
  /// - Throws: `MetricError` when the pictures differ in size.
  public func value(of reconstruction: Image, original: Image) throws -> Double? {
    try MetricError.check(reconstruction, original)
    let count = original.width * original.height
    let total = (0..<count).reduce(0.0) { sum, pixel in
      sum + Lab(pixel, of: original).difference(from: Lab(pixel, of: reconstruction))
    }
    return total / Double(count)
  }

  /// Its place in the catalogue.
  static let entry = Entry(
    MetricKind.self, "metrics.CIEDE2000", summary: "Mean colour difference CIEDE2000 of sRGB; lower is better.",
    paper: "sharma2005ciede2000",
    equation: """
      ΔE₀₀ = √((ΔL'/S_L)² + (ΔC'/S_C)² + (ΔH'/S_H)² + R_T·(ΔC'/S_C)·(ΔH'/S_H))
      the mean over all pixels, in CIELAB with the white D65
      """,
    settings: NoSettings.self
  ) { _, _ -> any ImageMetric in CIEDE2000() }
}

/// A colour of CIELAB.
struct Lab {
  let l: Double
  let a: Double
  let b: Double

  init(_ l: Double, _ a: Double, _ b: Double) { (self.l, self.a, self.b) = (l, a, b) }

  /// The colour of a pixel of a picture in sRGB, with the white D65.
  init(_ pixel: Int, of image: Image) {
    func light(_ channel: Int) -> Double { Self.light[Int(image.pixels[3 * pixel + channel])] }
    let (red, green, blue) = (light(0), light(1), light(2))
    func curve(_ value: Double) -> Double { value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116 }
    let x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    let y = curve(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    let z = curve((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    self.init(116 * y - 16, 500 * (x - y), 200 * (y - z))
  }

  /// The linear light of each 8-bit sample.
  private static let light = (0...255).map { sample -> Double in
    let value = Double(sample) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// ΔE₀₀ with kL = kC = kH = 1; the numbers are those of the equations of Sharma et al.
  func difference(from other: Lab) -> Double {
    let radians = Double.pi / 180
    let chroma = (hypot(a, b) + hypot(other.a, other.b)) / 2  // 2, 3
    let g = 0.5 * (1 - (pow(chroma, 7) / (pow(chroma, 7) + pow(25, 7))).squareRoot())  // 4
    func polar(_ colour: Lab) -> (chroma: Double, hue: Double) {  // 5, 6, 7
      let a = (1 + g) * colour.a
      let hue = a == 0 && colour.b == 0 ? 0 : atan2(colour.b, a) / radians
      return (hypot(a, colour.b), hue < 0 ? hue + 360 : hue)
    }
    let (first, second) = (polar(self), polar(other))
    let isGrey = first.chroma * second.chroma == 0
    var turn = second.hue - first.hue  // 10
    if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    if isGrey { turn = 0 }
    let (deltaL, deltaC) = (other.l - l, second.chroma - first.chroma)  // 8, 9
    let deltaH = 2 * (first.chroma * second.chroma).squareRoot() * sin(turn / 2 * radians)  // 11
    let (meanL, meanC) = ((l + other.l) / 2, (first.chroma + second.chroma) / 2)  // 12, 13
    var hue = first.hue + second.hue  // 14
    if !isGrey {
      if abs(first.hue - second.hue) > 180 { hue += hue < 360 ? 360 : -360 }
      hue /= 2
    }
    let t =
      1 - 0.17 * cos((hue - 30) * radians) + 0.24 * cos(2 * hue * radians) + 0.32 * cos((3 * hue + 6) * radians)
      - 0.20 * cos((4 * hue - 63) * radians)  // 15
    let rotation = 30 * exp(-pow((hue - 275) / 25, 2))  // 16
    let rC = 2 * (pow(meanC, 7) / (pow(meanC, 7) + pow(25, 7))).squareRoot()  // 17
    let sL = 1 + 0.015 * pow(meanL - 50, 2) / (20 + pow(meanL - 50, 2)).squareRoot()  // 18
    let (sC, sH) = (1 + 0.045 * meanC, 1 + 0.015 * meanC * t)  // 19, 20
    let rT = -sin(2 * rotation * radians) * rC  // 21
    let (termL, termC, termH) = (deltaL / sL, deltaC / sC, deltaH / sH)
    return (termL * termL + termC * termC + termH * termH + rT * termC * termH).squareRoot()  // 22
  }
}
