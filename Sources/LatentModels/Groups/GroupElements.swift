import Torch

/// The elements of a group in latents of one size: takes them out of a tensor and puts them in.
struct GroupElements {
  /// How many there are in each sample.
  let count: Int
  let channels: Range<Int>
  /// Their places in the group's channels, int64; nil where they are all of those.
  private let places: Tensor?
  /// The places of all its channels in a grid of rows and columns, int64; nil where they are all, and where channels differ in them.
  let grid: Tensor?
  private let group: ElementGroup
  private let device: Device
  private let mask = Mask()
  private let height: Int
  private let width: Int

  init(_ group: ElementGroup, height: Int, width: Int, device: Device) throws {
    channels = group.channels
    (self.group, self.device) = (group, device)
    (self.height, self.width) = (height, width)
    if group.isWhole {
      (count, places, grid) = (channels.count * height * width, nil, nil)
      return
    }
    let elements = group.elements(height: height, width: width)
    count = elements.count
    places = try Tensor(elements, shape: [elements.count]).to(device)
    let cells = group.parts.count == 1 ? group.parts[0].places.places(height: height, width: width).map(Int64.init) : nil
    grid = try cells.map { try Tensor($0, shape: [$0.count]).to(device) }
  }

  /// Returns the elements of an `[N, M, H, W]` latent, `[N, E]`.
  func taken(from latent: Tensor) throws -> Tensor {
    let own = try latent.narrowed(1, from: channels.lowerBound, length: channels.count).reshaped([latent.shape[0], -1])
    return try places.map { try own.slices(along: 1, at: $0) } ?? own
  }

  /// Returns a number of each channel, `[1, M, 1, 1]`, for the elements, `[1, E]`.
  func spread(_ numbers: Tensor) throws -> Tensor {
    try taken(from: numbers.expanded([1, numbers.shape[1], height, width]))
  }

  /// Returns the elements' parameters of `[N, P·C, H, W]` for the group's channels, `[N, P·E]`.
  func taken(fromParameters parameters: Tensor, count numbers: Int) throws -> Tensor {
    let samples = parameters.shape[0]
    guard let places else { return try parameters.reshaped([samples, -1]) }
    return try parameters.reshaped([samples, numbers, -1]).slices(along: 2, at: places).reshaped([samples, -1])
  }

  /// Writes the elements, `[1, E]`, into a `[1, M, H, W]` latent in row-major order.
  func put(_ values: Tensor, into latent: Tensor) throws {
    let own = try latent.narrowed(1, from: channels.lowerBound, length: channels.count)
    guard let places else {
      try own.assign(values.reshaped([1, channels.count, height, width]))
      return
    }
    try own.reshaped([1, -1]).assignSlices(along: 1, at: places, values)
  }

  /// Returns those of `values`, `[N, C, H, W]` for the group's channels, that belong to the group, among `total` channels with zeros elsewhere.
  func embedded(_ values: Tensor, among total: Int) throws -> Tensor {
    try (ones().map { try values * $0 } ?? values)
      .paddedChannels(before: channels.lowerBound, after: total - channels.upperBound)
  }

  /// Returns a copy of an `[N, M, H, W]` latent with the elements, `[N, E]`.
  func placed(_ values: Tensor, in latent: Tensor) throws -> Tensor {
    let shape = latent.shape
    return try latent.reshaped([shape[0], -1]).withSlices(along: 1, at: placesInLatent(), values).reshaped(shape)
  }

  /// The places of the elements in an `[M, H, W]` latent, int64.
  func placesInLatent() throws -> Tensor {
    let start = Int64(channels.lowerBound * height * width)
    let own = places == nil ? Array(0..<Int64(count)) : group.elements(height: height, width: width)
    return try Tensor(own.map { $0 + start }, shape: [count]).to(device)
  }

  /// 1 for each of the elements and 0 elsewhere, `[1, C, H, W]`; nil where they are all.
  private func ones() throws -> Tensor? {
    guard let places else { return nil }
    if let tensor = mask.tensor { return tensor }
    let zeros = try Tensor.zeros([1, channels.count * height * width]).to(device)
    let tensor = try zeros.withSlices(along: 1, at: places, Tensor.full([1, count], 1).to(device))
      .reshaped([1, channels.count, height, width])
    mask.tensor = tensor
    return tensor
  }

  /// Made when it is asked for the first time: context models with many groups do without.
  private final class Mask {
    var tensor: Tensor?
  }
}
