import LatentModels
import Models
import Torch

/// What a step of a training takes in memory, from steps that were made with small pictures.
///
/// A step holds weights, gradients, the moments of the optimisers, and of each picture what the backward needs; the last grows with the pictures. All
/// tensors are counted as libtorch's allocators report them, those that operators need for a moment included.
public struct TrainingMemory: Sendable, Equatable {
  /// What the growth was found with.
  public enum Basis: Sendable, Equatable {
    /// One and two pictures of this side; everything grows with their pixels.
    case smallPictures(side: Int)
    /// One and two patches, since they are no larger than that, or a part of the model grows faster than its pictures.
    case patches
  }

  /// The bytes that do not depend on the number of pictures.
  public let fixedBytes: Double
  /// The bytes for each picture of a batch.
  public let bytesPerPicture: Double
  /// The bytes of a checkpoint with the moments of its optimisers, which is put together in memory, once.
  public let checkpointBytes: Double
  /// How they were found.
  public let basis: Basis

  /// What the process takes beside its tensors: libtorch itself, the program, decoded pictures.
  public static let processBytes = 400e6
  /// The bytes of a checkpoint for each parameter: a weight and two moments.
  public static let checkpointBytesPerParameter = 12.0
  /// By how much memory in use exceeds the tensors: gaps between them, and what convolutions rearrange.
  public static let margin = 1.15

  /// Makes a few updates of a state of `make`, which is of no use afterwards.
  ///
  /// - Parameters:
  ///   - height: of the patches, a multiple of what the model takes.
  ///   - width: of the patches.
  ///   - least: the least side of pictures that the loss takes.
  public init(height: Int, width: Int, least: Int = 1, _ make: () throws -> TrainingState) throws {
    self = try MemoryWatch.watching { watch in
      let state = try make()
      let multiple = state.model.sideMultiple
      func padded(_ side: Int) -> Int { (side + multiple - 1) / multiple * multiple }
      func step(_ count: Int, _ height: Int, _ width: Int) throws -> Double {
        watch.resetPeak()
        let pictures = try Tensor.full([count, 3, height, width], 0.5, device: state.device)
        _ = try state.update(pictures, noise: SampleNoise(seed: 0, step: 0, indices: Array(0..<count)))
        return Double(watch.peak)
      }
      func operations(_ side: Int) throws -> Double {
        let trace = try LayerTrace.recording {
          let picture = try Tensor.full([1, 3, side, side], 0.5, device: state.device)
          try withoutGradients { _ = try state.model.forward(picture, noise: SampleNoise(seed: 0, step: 0, indices: [0])) }
        }
        return Double(trace.multiplyAccumulates) / Double(side * side)
      }
      // Below that, convolutions go other ways, which take more for each pixel.
      let side = padded(max(least, 256))
      var (basis, probe) = (Basis.patches, (height: height, width: width))
      if height * width > side * side, try operations(side) <= operations(padded(side / 2)) * 1.000_001 {
        (basis, probe) = (.smallPictures(side: side), (side, side))
      }
      // Optimisers make their moments in the first step.
      _ = try step(1, probe.height, probe.width)
      let (one, two) = (try step(1, probe.height, probe.width), try step(2, probe.height, probe.width))
      let slope = max(two - one, 0)
      return TrainingMemory(
        fixedBytes: max(one - slope, 0), bytesPerPicture: slope * Double(height * width) / Double(probe.height * probe.width),
        checkpointBytes: Self.checkpointBytesPerParameter * Double(state.model.parameterCount), basis: basis)
    }
  }

  private init(fixedBytes: Double, bytesPerPicture: Double, checkpointBytes: Double, basis: Basis) {
    (self.fixedBytes, self.bytesPerPicture, self.checkpointBytes, self.basis) = (fixedBytes, bytesPerPicture, checkpointBytes, basis)
  }

  /// The tensors of a step with so many pictures, in bytes.
  public func tensorBytes(pictures: Int) -> Int { Int(fixedBytes + Double(pictures) * bytesPerPicture) }

  /// What a process takes that trains with so many pictures, in bytes.
  public func bytes(pictures: Int) -> Int {
    Int(Double(tensorBytes(pictures: pictures)) * Self.margin + Self.processBytes + checkpointBytes)
  }

  /// The most pictures with which a process takes no more than `limit` bytes; 0 where even one is too much.
  public func largestBatch(within limit: Int) -> Int {
    let free = (Double(limit) - Self.processBytes - checkpointBytes) / Self.margin - fixedBytes
    guard bytesPerPicture > 0, free > 0 else { return 0 }
    return Int(min(free / bytesPerPicture, 1e9))
  }
}
