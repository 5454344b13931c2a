public import Torch

/// The engine of all context models that code in groups: training, estimation and coding from one description.
///
/// For each group in its order: the parameters of its densities are predicted from side information and from ŷ of the groups before; its elements are
/// quantised around their centres, coded, and become known. A decoder does the same with the numbers that it reads.
public final class GroupCoding: ConditionalCoding {
  /// Into how many streams a picture's groups go.
  public enum Streams: Sendable {
    /// One for all.
    case one
    /// One for each group, as CompressAI writes them; each costs 8 bytes at least. The number of groups must not depend on a latent's size.
    case eachGroup
  }

  let context: any GroupedContext
  let density: any ElementDensity
  /// The name under which the noise of training is drawn.
  let noiseName: String
  private let streams: Streams
  /// What elements are multiplied with before they are rounded, `[1, 1, 1, 1]` or `[1, M, 1, 1]`; nil for nothing.
  let gain: Tensor?
  /// The same one for every gain, since each training step makes a coding of its own gain.
  private let lastElements: LastElements

  /// The groups' elements in latents of the size that was asked for last.
  private final class LastElements {
    var found: (key: [Int], groups: [GroupElements])?
  }

  /// Creates the coding of a context model with a density family of as many parameters.
  ///
  /// - Parameter noiseName: the name under which the noise of training is drawn, another one for each latent of a model.
  public convenience init(
    _ context: any GroupedContext, density: any ElementDensity, streams: Streams = .one, noiseName: String = "y"
  ) {
    self.init(context, density: density, streams: streams, noiseName: noiseName, gain: nil, lastElements: LastElements())
  }

  private init(
    _ context: any GroupedContext, density: any ElementDensity, streams: Streams, noiseName: String, gain: Tensor?,
    lastElements: LastElements
  ) {
    precondition(context.parametersPerElement == density.parametersPerElement, "the context model has to predict what the density needs")
    self.context = context
    self.density = density
    self.streams = streams
    self.noiseName = noiseName
    self.gain = gain
    self.lastElements = lastElements
  }

  /// Returns the coding with a gain.
  public func gained(_ gain: Tensor) throws -> (any ConditionalCoding)? {
    let numbers = try gain.detached().elements(Float.self)
    guard numbers.count == 1 || numbers.count == context.channels, numbers.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw LatentModelError.size(expected: "a positive gain, or one for each of \(context.channels) channels", found: "\(numbers)")
    }
    return GroupCoding(
      context, density: density, streams: streams, noiseName: noiseName, gain: try gain.reshaped([1, -1, 1, 1]),
      lastElements: lastElements)
  }

  /// The context model's, the density's among them.
  public var members: [Member] { context.members(with: density) }

  /// One, or as many as there are groups.
  public var streamCount: Int { streams == .one ? 1 : context.order(height: 2, width: 2).groups.count }

  /// The stream of a group.
  func stream(of group: Int) -> Int { streams == .one ? 0 : group }

  /// Computes the density's tables.
  public func updateTables() throws { try density.updateTables() }

  /// The elements of the groups in latents of one size; the last size's are kept.
  func elements(height: Int, width: Int, device: Device) throws -> [GroupElements] {
    let key = [height, width, device == .cpu ? 0 : 1]
    if let found = lastElements.found, found.key == key { return found.groups }
    let groups = try context.order(height: height, width: width).groups.map {
      try GroupElements($0, height: height, width: width, device: device)
    }
    lastElements.found = (key, groups)
    return groups
  }

  /// Returns the shape of a latent of the context model's channels.
  func checked(_ latent: Tensor) throws -> [Int] {
    let shape = latent.shape
    guard shape.count == 4, shape[1] == context.channels else {
      throw LatentModelError.size(expected: "a latent of \(context.channels) channels", found: "\(shape)")
    }
    return shape
  }
}
