import ArgumentParser
import Configuration
import Torch
import Training

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A training by several processes that torchrun or Slurm started, from the start of the first to the end of the last.
enum JointTraining {
  /// Runs `body` with the processes that train together; nil where this one is alone.
  ///
  /// Of the processes only the first speaks. An error in one of them ends all, and one of them tells it.
  static func run(_ body: (TrainingGroup?) throws -> Void) throws {
    guard let place = try place() else { return try body(nil) }
    if !place.isFirst { Console.setVoice(.silent) }
    // c10d warns of lost connections with pages of addresses; what is wrong is told below.
    setenv("TORCH_CPP_LOG_LEVEL", "ERROR", 0)
    let group: TrainingGroup
    do {
      group = try TrainingGroup(place)
    } catch {
      if case TorchError.unavailable = error { throw error }
      Console.setVoice(.named("rank \(place.rank)"))
      throw UsageError.needs(
        "the \(place.worldSize) processes of the training do not find each other at \(place.host):\(place.port) (\(error)); they must all be "
          + "started, and the port must be free and open between their machines")
    }
    do {
      try body(group)
      try group.meet()
    } catch let error as Interrupted {
      // All were asked to stop together.
      try? group.meet()
      throw error
    } catch {
      guard group.leave() else { throw ExitCode(Failure.status(of: error)) }
      if !place.isFirst { Console.setVoice(.named("rank \(place.rank)")) }
      throw error
    }
  }

  private static func place() throws -> ProcessPlace? {
    do {
      return try ProcessPlace(ProcessEnvironment.all)
    } catch {
      throw UsageError.needs("\(error)")
    }
  }

  /// Refuses a number of processes that the configuration does not ask for.
  static func check(_ file: ExperimentFile, group: TrainingGroup?) throws {
    guard case .count(let asked) = file.experiment.trainer.devices else { return }
    let started = group?.place.worldSize ?? 1
    guard asked != started else { return }
    let error = ProcessPlaceError.devices(asked: asked, started: started, launcher: group?.place.launcher)
    throw ConfigurationError(mark: file.tree["trainer"]?["devices"]?.mark ?? .defaults, path: "trainer.devices", "\(error)")
  }
}
