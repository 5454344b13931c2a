import Torch

/// What a validation measured on one batch, as sums over its pictures, which several processes add up.
struct BatchSums: Equatable {
  var loss = 0.0
  var bitsPerPixel = 0.0
  var meanSquaredError = 0.0
  var pictures = 0.0

  init() {}

  /// Takes the means over `count` pictures.
  init(_ terms: LossTerms, count: Int) throws {
    pictures = Double(count)
    loss = try terms.loss.item() * pictures
    bitsPerPixel = try terms.bitsPerPixel.item() * pictures
    meanSquaredError = try terms.meanSquaredError.item() * pictures
  }

  /// The sums one after the other.
  var numbers: [Double] { [loss, bitsPerPixel, meanSquaredError, pictures] }

  /// Reads the ``numbers`` of several batches.
  static func all(_ numbers: [Double]) -> [BatchSums] {
    stride(from: 0, to: numbers.count, by: 4).map { start in
      var sums = BatchSums()
      (sums.loss, sums.bitsPerPixel) = (numbers[start], numbers[start + 1])
      (sums.meanSquaredError, sums.pictures) = (numbers[start + 2], numbers[start + 3])
      return sums
    }
  }

  /// The means over all pictures; the PSNR is the mean over the batches, each counting by its pictures.
  ///
  /// - Throws: ``TrainingError/noData`` without any picture.
  static func report(of batches: [BatchSums], step: Int) throws -> ValidationReport {
    let count = batches.reduce(0) { $0 + $1.pictures }
    guard count > 0 else { throw TrainingError.noData }
    func mean(_ part: (BatchSums) -> Double) -> Double { batches.reduce(0) { $0 + part($1) } / count }
    return ValidationReport(
      step: step, loss: mean(\.loss), bitsPerPixel: mean(\.bitsPerPixel),
      psnr: mean { $0.pictures > 0 ? Decibel.psnr(meanSquaredError: $0.meanSquaredError / $0.pictures) * $0.pictures : 0 },
      meanSquaredError: mean(\.meanSquaredError), pictures: Int(count))
  }
}
