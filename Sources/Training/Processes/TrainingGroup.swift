public import Torch

/// The processes that train one model together, each with its share of every batch.
///
/// All of them call the same methods in the same order; what they return is the same in all.
public final class TrainingGroup {
  /// Which of the processes this one is.
  public let place: ProcessPlace
  private let store: ProcessStore
  /// What carries numbers in the memory of the processor.
  private var connection: ProcessGroup?
  /// What carries tensors of a GPU, where it is another.
  private var carrier: ProcessGroup?

  /// How long a process waits for the others, when they start and in every exchange.
  public static let timeout = Duration.seconds(600)

  /// Finds the other processes.
  ///
  /// - Throws: `TorchError` when they do not come within ``timeout``.
  public init(_ place: ProcessPlace) throws {
    self.place = place
    store = try Self.store(place, serves: place.isFirst && place.storePrefix == nil)
    connection = try ProcessGroup(
      .gloo, store: store, rank: place.rank, size: place.worldSize, address: place.isOneMachine ? "127.0.0.1" : "", timeout: Self.timeout)
  }

  /// Lets NCCL carry the tensors of a GPU where this build has it; otherwise gloo does.
  public func use(_ device: Device) throws {
    guard device.name.hasPrefix("cuda"), try ProcessGroup.Backend.nccl.isAvailable else { return }
    let store = try Self.store(place, serves: false, prefix: "/nccl")
    carrier = try ProcessGroup(.nccl, store: store, rank: place.rank, size: place.worldSize, timeout: Self.timeout)
  }

  private static func store(_ place: ProcessPlace, serves: Bool, prefix: String = "") throws -> ProcessStore {
    try ProcessStore(
      host: place.host, port: place.port, serves: serves, prefix: (place.storePrefix ?? "") + prefix, timeout: timeout)
  }

  /// Returns the sums of numbers over all processes.
  func sum(_ numbers: [Double]) throws -> [Double] {
    try exchanging(on: .cpu) { group in
      let tensor = try Tensor(numbers, shape: [numbers.count])
      try group.sum(tensor).wait()
      return try tensor.elements(Double.self)
    }
  }

  /// Returns which of the conditions hold in at least one process.
  public func any(_ conditions: [Bool]) throws -> [Bool] { try sum(conditions.map { $0 ? 1 : 0 }).map { $0 > 0 } }

  /// Gives all processes the tensors of rank 0.
  func share(_ tensors: [Tensor], device: Device) throws {
    try exchanging(on: device) { group in
      try withoutGradients {
        for tensor in tensors where tensor.count > 0 {
          let local = try tensor.detached().contiguous()
          try group.broadcast(local, from: 0).wait()
          try tensor.assign(local)
        }
      }
    }
  }

  /// Replaces 32-bit buffers by their means over all processes, weighted by how many pictures each has.
  func average(_ buffers: [Buffer], weight: Double) throws {
    guard !buffers.isEmpty else { return }
    let own = try buffers.map { try $0.tensor.elements(Float.self) }
    let sums = try sum([weight] + own.flatMap { $0.map { Double($0) * weight } })
    guard sums[0] > 0 else { return }
    var start = 1
    for (buffer, numbers) in zip(buffers, own) {
      let means = sums[start..<start + numbers.count].map { Float($0 / sums[0]) }
      buffer.tensor = try Tensor(means, shape: buffer.tensor.shape).to(buffer.tensor.device)
      start += numbers.count
    }
  }

  /// Returns the text of one process.
  public func shared(_ text: String, from rank: Int = 0) throws -> String {
    let bytes = place.rank == rank ? Array(text.utf8).map(Double.init) : []
    let count = Int(try sum([Double(bytes.count)])[0])
    guard count > 0 else { return "" }
    let numbers = try sum(place.rank == rank ? bytes : Array(repeating: 0, count: count))
    return String(decoding: numbers.map { UInt8($0) }, as: UTF8.self)
  }

  /// Returns the texts of all processes in the order of their ranks.
  func gathered(_ text: String) throws -> [String] { try (0..<place.worldSize).map { try shared(text, from: $0) } }

  /// Waits until all processes are here.
  public func meet() throws { _ = try sum([0]) }

  /// Does an exchange, and says of one that fails that another process is gone.
  func exchanging<Result>(on device: Device, _ body: (ProcessGroup) throws -> Result) throws -> Result {
    guard let group = device == .cpu ? connection : carrier ?? connection else { throw LostProcess(reason: "the connection is closed") }
    do {
      return try body(group)
    } catch let error as TorchError {
      throw LostProcess(error)
    }
  }
}

extension TrainingGroup {
  /// Ends the connection after an error, so that the others end, too.
  ///
  /// - Returns: Whether this process is the one that tells the user.
  public func leave() -> Bool {
    // What all find wrong, rank 0 tells.
    if !place.isFirst { Pause.milliseconds(300) }
    let isFirstToFail: Bool
    do {
      isFirstToFail = try store.add(1, to: "benchpresso/failed") == 1
    } catch {
      // The store went with rank 0, which may have had no time for a word.
      isFirstToFail = place.rank == 1
    }
    (connection, carrier) = (nil, nil)
    // Whoever holds the store waits a moment for the others, which ask it whether something was said.
    let end = ContinuousClock.now + .milliseconds(1500)
    while place.isFirst, place.storePrefix == nil, ContinuousClock.now < end {
      guard let count = try? store.add(0, to: "benchpresso/failed"), count < place.worldSize else { break }
      Pause.milliseconds(20)
    }
    return isFirstToFail
  }
}
