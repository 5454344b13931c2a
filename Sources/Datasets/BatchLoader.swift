/// Reads batches ahead on threads of its own and hands them out in order.
///
/// What a batch holds follows from the files, the plan, the seed and the step alone: the number of workers and the step at
/// which the loader started change nothing. At most ``prefetchedBatches`` batches are in work or waiting at any time.
/// With several processes each takes its piece of every batch (``Shard``); random draws follow from the number of a sample in the whole data set.
/// A batch that fails throws when it is asked for, and again at each later call. Dropping the loader ends its threads.
public final class BatchLoader {
  private struct State: Sendable {
    var nextToRead: Int
    var nextToHandOut: Int
    var order: BatchPlan.EpochOrder?
    var finished: [Int: Result<Batch, DatasetError>] = [:]
    var isCancelled = false
  }

  private let pipeline: BatchPipeline
  private let plan: BatchPlan
  private let endStep: Int
  private let monitor: Monitor<State>
  private var workers: [WorkerThread] = []
  /// The most batches that are in work or waiting to be asked for.
  public let prefetchedBatches: Int

  /// Starts reading.
  ///
  /// - Parameters:
  ///   - source: the pictures.
  ///   - plan: which samples form which batch.
  ///   - transform: what is done to each picture; it draws from (seed, step, sample index).
  ///   - seed: the seed of the run.
  ///   - startStep: the first step to hand out.
  ///   - endStep: the step before which to stop; without it a shuffled plan never ends and a sorted one ends after one pass.
  ///   - numWorkers: the number of threads, 0...256; with 0 a batch is read when it is asked for.
  ///   - prefetchedBatches: the bound of reading ahead; without it two batches per worker.
  ///   - shard: this process's share of every batch.
  ///   - cache: where decoded pictures are kept, if anywhere.
  /// - Throws: ``DatasetError`` when a number is out of its range or the system has no threads.
  /// - Precondition: the plan is for as many samples as there are.
  public init(
    _ source: any SampleSource, plan: BatchPlan, transform: any ImageTransform, seed: UInt64, startStep: Int = 0, endStep: Int? = nil,
    numWorkers: Int = 1, prefetchedBatches: Int? = nil, shard: Shard = .whole, cache: ImageCache? = nil
  ) throws(DatasetError) {
    precondition(source.count == plan.count, "the plan is for these samples")
    guard 0...256 ~= numWorkers else {
      throw DatasetError.setting(name: "num_workers", value: "\(numWorkers)", allowed: "between 0 and 256")
    }
    guard startStep >= 0 else { throw DatasetError.setting(name: "the first step", value: "\(startStep)", allowed: "at least 0") }
    pipeline = BatchPipeline(source: source, transform: transform, seed: seed, shard: shard, cache: cache)
    self.plan = plan
    self.endStep = endStep ?? (plan.isShuffled ? Int.max : plan.stepsPerEpoch)
    self.prefetchedBatches = max(prefetchedBatches ?? numWorkers * 2, 1)
    monitor = Monitor(State(nextToRead: startStep, nextToHandOut: startStep))
    for _ in 0..<numWorkers {
      let read = Self.reader(pipeline, plan, endStep: self.endStep, ahead: self.prefetchedBatches, monitor)
      guard let worker = WorkerThread(read) else {
        cancel()
        throw DatasetError.noThread(workers: numWorkers)
      }
      workers.append(worker)
    }
  }

  deinit { cancel() }

  /// Returns the batch of the next step, waiting for it if need be; nil at the end and after ``cancel()``.
  ///
  /// - Throws: ``DatasetError`` when a picture of this batch cannot be read or transformed.
  public func next() throws(DatasetError) -> Batch? {
    workers.isEmpty ? try readNow() : try takeFinished()
  }

  private func takeFinished() throws(DatasetError) -> Batch? {
    let endStep = endStep
    let result: Result<Batch, DatasetError>? = monitor.wait { state in
      if state.isCancelled || state.nextToHandOut >= endStep { return .some(nil) }
      guard let result = state.finished[state.nextToHandOut] else { return nil }
      if case .success = result {
        state.finished[state.nextToHandOut] = nil
        state.nextToHandOut += 1
      }
      return result
    }
    return try result?.get()
  }

  /// Ends the threads; returns when none runs any more, after at most one picture each.
  public func cancel() {
    monitor.change { state in
      state.isCancelled = true
      state.finished = [:]
    }
    for worker in workers { worker.join() }
    workers = []
  }

  private func readNow() throws(DatasetError) -> Batch? {
    let (endStep, plan) = (endStep, plan)
    let work: (step: Int, indices: [Int])? = monitor.change { state in
      if state.isCancelled || state.nextToHandOut >= endStep { return nil }
      return (state.nextToHandOut, plan.indices(step: state.nextToHandOut, keeping: &state.order))
    }
    guard let work else { return nil }
    let batch = try pipeline.batch(step: work.step, indices: work.indices, isCancelled: { false })
    monitor.change { $0.nextToHandOut += 1 }
    return batch
  }

  /// The work of one thread.
  ///
  /// It holds no reference to the loader, so that dropping the loader ends it.
  private static func reader(
    _ pipeline: BatchPipeline, _ plan: BatchPlan, endStep: Int, ahead: Int, _ monitor: Monitor<State>
  ) -> @Sendable () -> Void {
    {
      while true {
        let work: (step: Int, indices: [Int])? = monitor.wait { state in
          if state.isCancelled || state.nextToRead >= endStep { return .some(nil) }
          guard state.nextToRead - state.nextToHandOut < ahead else { return nil }
          defer { state.nextToRead += 1 }
          return (state.nextToRead, plan.indices(step: state.nextToRead, keeping: &state.order))
        }
        guard let work else { return }
        let result: Result<Batch, DatasetError>
        do throws(DatasetError) {
          let isCancelled = { monitor.look { $0.isCancelled } }
          guard let batch = try pipeline.batch(step: work.step, indices: work.indices, isCancelled: isCancelled) else { return }
          result = .success(batch)
        } catch {
          result = .failure(error)
        }
        monitor.change { state in
          if !state.isCancelled { state.finished[work.step] = result }
        }
      }
    }
  }
}
