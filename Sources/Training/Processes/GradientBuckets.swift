import Torch
import Weights

/// The gradients of parameters, summed over all processes while the backward still runs.
///
/// Parameters are put into buckets from the last to the first, as their gradients come. A bucket that is complete is sent when those before it
/// are, so that all processes send in the same order (Li et al., "PyTorch Distributed: Experiences on Accelerating Data Parallel Training",
/// VLDB 2020). A parameter without a gradient, as in a process that has no picture of a short batch, counts as zero; where it has none in any
/// process it stays without.
final class GradientBuckets {
  /// The bytes after which a bucket is full.
  static let capacity = 8 << 20

  private final class Bucket {
    /// All gradients one after the other, then for each parameter whether there is one.
    let numbers: Tensor
    let flags: Tensor
    var slots: [(parameter: Tensor, view: Tensor)] = []
    var isFilled: [Bool] = []
    var work: PendingExchange?

    init(_ parameters: [Tensor]) throws {
      let sizes = parameters.map(\.count)
      let total = sizes.reduce(0, +)
      numbers = try Tensor.zeros(
        [total + parameters.count], type: parameters.first?.elementType ?? .float32, device: parameters.first?.device ?? .cpu)
      flags = try numbers.narrowed(0, from: total, length: parameters.count)
      var start = 0
      for (parameter, size) in zip(parameters, sizes) {
        slots.append((parameter, try numbers.narrowed(0, from: start, length: size).reshaped(parameter.shape)))
        start += size
      }
      isFilled = parameters.map { _ in false }
    }

    var isComplete: Bool { isFilled.allSatisfy { $0 } }

    /// Takes the gradient of a parameter, or zero where it has none.
    func fill(_ place: Int) throws {
      let (parameter, view) = slots[place]
      let gradient = try parameter.gradient()
      if let gradient { try view.assign(gradient) } else { try view.setZero() }
      try flags.narrowed(0, from: place, length: 1).assign(Tensor(scalar: Float(gradient == nil ? 0 : 1)))
      isFilled[place] = true
    }
  }

  private let group: TrainingGroup
  private let buckets: [Bucket]
  private var isListening = false
  /// The number of buckets that are on their way.
  private var sent = 0

  /// Makes the buckets of `parameters`, which all processes name in the same order.
  init(_ parameters: [Tensor], group: TrainingGroup, capacity: Int = capacity) throws {
    self.group = group
    var parts: [[Tensor]] = []
    var bytes = 0
    for parameter in parameters.reversed() {
      let size = parameter.count * (parameter.elementType ?? .float32).byteCount
      if let other = parts.last?.first, bytes + size <= capacity, other.elementType == parameter.elementType {
        parts[parts.count - 1].append(parameter)
        bytes += size
      } else {
        parts.append([parameter])
        bytes = size
      }
    }
    buckets = try parts.map { try Bucket($0) }
    for (number, bucket) in buckets.enumerated() {
      for (place, slot) in bucket.slots.enumerated() {
        try slot.parameter.onGradient { [weak self] in try self?.gradientCame(bucket: number, place: place) }
      }
    }
  }

  deinit {
    for slot in buckets.flatMap(\.slots) { try? slot.parameter.onGradient(nil) }
  }

  /// The number of buckets.
  var count: Int { buckets.count }

  /// Sends what the next backward computes.
  func listen() { isListening = true }

  /// Sends what is not sent yet, waits, and replaces the gradients by their sums.
  func finish() throws {
    isListening = false
    try withoutGradients {
      for bucket in buckets {
        for place in bucket.slots.indices where !bucket.isFilled[place] { try bucket.fill(place) }
      }
      try sendComplete()
      for bucket in buckets {
        if let work = bucket.work { try group.exchanging(on: bucket.numbers.device) { _ in try work.wait() } }
        bucket.work = nil
        let flags = try bucket.flags.to(.float32).elements()
        for (flag, slot) in zip(flags, bucket.slots) where flag > 0 { try slot.parameter.setGradient(slot.view) }
        bucket.isFilled = bucket.isFilled.map { _ in false }
      }
    }
    sent = 0
  }

  private func gradientCame(bucket number: Int, place: Int) throws {
    guard isListening else { return }
    try buckets[number].fill(place)
    try sendComplete()
  }

  private func sendComplete() throws {
    while sent < buckets.count, buckets[sent].isComplete {
      let numbers = buckets[sent].numbers
      buckets[sent].work = try group.exchanging(on: numbers.device) { try $0.sum(numbers) }
      sent += 1
    }
  }
}
