import Foundation
import SafeFiles
import Synchronization

/// Brings what a training measures to a server, on a thread of its own, so that neither a slow nor a missing server holds a training up.
///
/// While the server is away everything goes into a file, which is sent when the server is back, at the latest with the end of the run or when
/// the run goes on.
public final class MLflowDelivery: Sendable {
  /// The waits between two tries while the server is away.
  public struct Patience: Sendable {
    /// The first wait in seconds; each next one is twice as long.
    public var first: Double
    /// The longest wait in seconds.
    public var longest: Double

    /// Creates waits.
    public init(first: Double = 1, longest: Double = 60) {
      self.first = first
      self.longest = longest
    }
  }

  private struct State {
    var waiting: [MLflowParcel] = []
    var warnings: [String] = []
    var isEnding = false
  }

  private let server: MLflowServer
  private let run: MLflowServer.Run
  private let spool: MLflowSpool
  private let patience: Patience
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Starts to deliver, beginning with what an earlier session left in the file.
  ///
  /// - Parameters:
  ///   - run: The run on the server that all belongs to.
  ///   - spool: The file in which things wait while the server is away; it is removed when all of it is sent.
  public init(to server: MLflowServer, run: MLflowServer.Run, spool: String, patience: Patience = Patience()) {
    self.server = server
    self.run = run
    self.spool = MLflowSpool(path: spool)
    self.patience = patience
    let thread = Thread { self.deliver() }
    thread.name = "MLflow"
    thread.start()
  }

  /// Sends numbers, hyper-parameters and tags when it can.
  public func send(_ batch: MLflowBatch) { add(.batch(batch)) }

  /// Sends a file when it can; the file is read then.
  public func send(file path: String, name: String) { add(.file(path: path, name: name)) }

  /// Says when it can how the run stands.
  public func send(_ status: MLflowServer.Status, endTime: Int? = nil) { add(.status(status, endTime: endTime)) }

  private func add(_ parcel: MLflowParcel) {
    state.withLock { $0.waiting.append(parcel) }
    wake.signal()
  }

  /// What the user should know, each once.
  public func takeWarnings() -> [String] {
    state.withLock { state in
      defer { state.warnings = [] }
      return state.warnings
    }
  }

  /// Makes a last try to send all, and waits for it; what cannot be sent stays in the file, with a warning.
  public func finish() {
    state.withLock { $0.isEnding = true }
    wake.signal()
    ended.wait()
    ended.signal()
  }

  /// The work of the thread: while all goes well parcels are sent as they come; otherwise they go to the file, and now and then the file is
  /// tried.
  private func deliver() {
    // Where a file was left, the server counts as away until the file is sent, so that the order stays.
    var wait: Double? = spool.isEmpty ? nil : 0
    var nextTry = ContinuousClock.now
    var lastTries = 3
    while true {
      if wait == nil { wake.wait() } else { _ = wake.wait(timeout: .now() + max((nextTry - .now) / .seconds(1), 0)) }
      let (parcels, isEnding) = state.withLock { state in
        defer { state.waiting = [] }
        return (MLflowParcel.joined(state.waiting), state.isEnding)
      }
      if wait != nil || !parcels.isEmpty {
        let isAway = wait != nil
        if isAway { store(parcels) }
        if !isAway || isEnding || ContinuousClock.now >= nextTry {
          let isSent = isAway ? sendStored() : sendNew(parcels)
          wait = isSent ? nil : min(max((wait ?? 0) * 2, patience.first), patience.longest)
          nextTry = .now + .seconds(wait ?? 0)
        }
      }
      guard isEnding, state.withLock({ $0.waiting.isEmpty }) else { continue }
      lastTries -= 1
      if wait == nil || lastTries == 0 { break }
      Thread.sleep(forTimeInterval: patience.first)
      wake.signal()
    }
    if wait != nil {
      warn(
        "what the MLflow server has not got yet lies in '\(spool.path)'; it is sent when the run goes on (fit --resume) and the server is there"
      )
    }
    ended.signal()
  }

  private func sendNew(_ parcels: [MLflowParcel]) -> Bool {
    let left = send(parcels)
    store(left)
    return left.isEmpty
  }

  private func sendStored() -> Bool {
    do {
      let left = send(MLflowParcel.joined(try spool.read()))
      try spool.replace(with: left)
      return left.isEmpty
    } catch {
      warn("\(error)")
      return false
    }
  }

  /// Sends parcels in their order up to the first that the server cannot take now.
  ///
  /// - Returns: That and those behind it.
  private func send(_ parcels: [MLflowParcel]) -> [MLflowParcel] {
    for (index, parcel) in parcels.enumerated() {
      do {
        try parcel.send(to: server, run: run)
      } catch {
        warn(error.isFinal ? "\(error)" : "\(error); training goes on, and what it logs waits in '\(spool.path)'")
        if !error.isFinal { return Array(parcels[index...]) }
      }
    }
    return []
  }

  private func store(_ parcels: [MLflowParcel]) {
    do {
      try spool.append(parcels)
    } catch {
      warn("\(error); what was logged for MLflow is lost, metrics.csv has it")
    }
  }

  private let warned = Mutex<Set<String>>([])

  private func warn(_ sentence: String) {
    guard warned.withLock({ $0.insert(sentence).inserted }) else { return }
    state.withLock { $0.warnings.append(sentence) }
  }
}
