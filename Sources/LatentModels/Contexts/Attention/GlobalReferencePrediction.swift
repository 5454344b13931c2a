import Torch

/// The prediction of one batch, line after line, which keeps the windows and the confidence of the lines before.
final class GlobalReferencePrediction: ElementPrediction {
  private let model: GlobalReferenceContext
  private let hyper: Tensor?
  private var lines: [[Int]] = []
  /// The windows of all places, each of length 1, `[N, H·W, M·taps]`; zeros where nothing is known.
  private var windows: Tensor?
  /// The confidence in all places, `[N, H·W]`.
  private var confidences: Tensor?
  /// The last line, whose elements were not known yet: what its confidence is computed of.
  private var last: (places: [Int], window: Tensor, local: Tensor)?

  init(_ model: GlobalReferenceContext, hyper: Tensor?) { (self.model, self.hyper) = (model, hyper) }

  var context: any GroupedContext { model }

  func elementParameters(of group: Int, known: Tensor) throws -> Tensor {
    let shape = known.shape
    if lines.isEmpty {
      lines = model.lines(height: shape[2], width: shape[3]).patterns.map { $0.places(height: shape[2], width: shape[3]) }
    }
    try remember(known)
    let places = lines[group]
    let local = try model.local.forward(tokens(model.localTaps, of: known, at: places))  // [N, n, 2·M]
    let window = try lengthOne(tokens(model.searchTaps, of: known.detached(), at: places))
    let found = try references(window, known: known)
    last = (places, window, local)
    var parts = [local, found]
    if let hyper { parts.append(try hyper.columns(at: places).reshaped([shape[0], -1, places.count]).permuted([0, 2, 1])) }
    let joined = try Tensor.concatenated(parts, along: 2).permuted([0, 2, 1]).reshaped([shape[0], -1, 1, places.count])
    return try model.entropyParameters.traced(joined).reshaped([shape[0], -1])
  }

  /// Returns the features of the most similar decoded places, weighed with similarity and confidence, `[N, n, 2·M]`.
  private func references(_ window: Tensor, known: Tensor) throws -> Tensor {
    let (samples, count) = (window.shape[0], window.shape[1])
    guard let windows, let confidences else { return try Tensor.zeros([samples, count, 2 * model.channels]).to(known.device) }
    let similarities = try window.multiplied(byMatrix: windows.permuted([0, 2, 1]))  // [N, n, H·W]
    let best = try similarities.placeOfMaximum(over: 2)  // [N, n]
    // What is not decoded has windows of zeros, so a place that resembles nothing gets a weight of zero.
    let similarity = try similarities.gathered(along: 2, at: best.reshaped([samples, count, 1])).clamped(from: 0, to: 1)
    let weight = try similarity * confidences.gathered(along: 1, at: best).reshaped([samples, count, 1])
    return try model.reference.forward(patches(of: known, at: best)) * weight
  }

  /// Returns the windows around places that are other ones for each sample, `[N, n, M·taps]`.
  private func patches(of known: Tensor, at places: Tensor) throws -> Tensor {
    let (shape, taps) = (known.shape, model.referenceTaps)
    let count = places.shape[1]
    let all = taps.indices(of: Array(0..<shape[2] * shape[3]), width: shape[3])
    let table = try Tensor(all, shape: [shape[2] * shape[3], taps.taps.count]).to(known.device)
    let indices = try table.slices(along: 0, at: places.reshaped([-1])).reshaped([shape[0], 1, count * taps.taps.count])
      .expanded([shape[0], shape[1], count * taps.taps.count])
    let pad = taps.side / 2
    let map = try known.padded(left: pad, right: pad, top: pad, bottom: pad).reshaped([shape[0], shape[1], -1])
    return try map.gathered(along: 2, at: indices).reshaped([shape[0], shape[1], count, taps.taps.count]).permuted([0, 2, 1, 3])
      .reshaped([shape[0], count, -1])
  }

  /// Keeps the window and the confidence of the last line, which is known now.
  private func remember(_ known: Tensor) throws {
    guard let last else { return }
    let (samples, total) = (known.shape[0], known.shape[2] * known.shape[3])
    let places = try Tensor(last.places.map(Int64.init), shape: [last.places.count]).to(known.device)
    let own = try known.detached().columns(at: last.places).reshaped([samples, model.channels, last.places.count])
    let before = try windows ?? Tensor.zeros([samples, total, last.window.shape[2]]).to(known.device)
    windows = try before.withSlices(along: 1, at: places, last.window)
    let values = try confidence(last.local, values: own.permuted([0, 2, 1]))
    confidences = try (confidences ?? Tensor.zeros([samples, total]).to(known.device)).withSlices(along: 1, at: places, values)
  }

  /// Returns how probable values, `[N, n, M]`, were by their local context, `[N, n]`.
  private func confidence(_ local: Tensor, values: Tensor) throws -> Tensor {
    let (samples, count) = (local.shape[0], local.shape[1])
    let output = try model.confidence.forward(local.permuted([0, 2, 1]).reshaped([samples, -1, 1, count]))
    let numbers = try output.reshaped([samples, -1, count]).permuted([0, 2, 1])
    let means = try numbers.narrowed(2, from: 0, length: model.channels)
    let scales = try numbers.narrowed(2, from: model.channels, length: model.channels).softplus() + 0.1
    let distance = try values - means
    return try (((distance + 0.5) / scales).sigmoid() - ((distance - 0.5) / scales).sigmoid()).mean(over: [2])
  }

  private func tokens(_ taps: KernelTaps, of known: Tensor, at places: [Int]) throws -> Tensor {
    let patches = try taps.taken(from: known, around: places)  // [N, M, n, taps]
    return try patches.permuted([0, 2, 1, 3]).reshaped([patches.shape[0], places.count, -1])
  }

  private func lengthOne(_ windows: Tensor) throws -> Tensor {
    try windows / (windows.squared().sum(over: [2], keeping: true) + 1e-12).squareRoot()
  }
}
