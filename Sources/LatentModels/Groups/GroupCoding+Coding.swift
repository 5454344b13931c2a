public import Torch
import Weights

extension GroupCoding {
  /// Returns for each stream the payload of each sample of an `[N, M, H, W]` latent.
  public func compress(_ latent: Tensor, hyper: Tensor?) throws -> [[[UInt8]]] {
    let shape = try checked(latent)
    return try CodingConditions.run {
      let hypers = try hyper.map(CodingConditions.samples)
      let samples = try CodingConditions.samples(of: latent.detached()).enumerated().map { sample, latent in
        let encoders = try (0..<streamCount).map { _ in try density.encoder() }
        _ = try walk(height: shape[2], width: shape[3], device: latent.device, hyper: hypers?[sample]) { number, group, parameters in
          let coded = try rounded(latent, group: group, parameters: parameters)
          try encoders[stream(of: number)].append(coded.symbols, parameters: parameters.scaled)
          return coded.values
        }
        return try encoders.map { try $0.finish() }
      }
      return (0..<streamCount).map { stream in samples.map { $0[stream] } }
    }
  }

  /// Returns ŷ, `[N, M, height, width]`, of the streams.
  public func decompress(_ streams: [[[UInt8]]], hyper: Tensor?, height: Int, width: Int) throws -> Tensor {
    guard streams.count == streamCount, let count = streams.first?.count, streams.allSatisfy({ $0.count == count }) else {
      throw LatentModelError.size(expected: "\(streamCount) streams for each picture", found: "\(streams.count)")
    }
    return try CodingConditions.run {
      let hypers = try hyper.map(CodingConditions.samples)
      let device = hyper?.device ?? .cpu
      let samples = try (0..<count).map { sample in
        let decoders = try streams.map { try density.decoder($0[sample]) }
        let values = try walk(height: height, width: width, device: device, hyper: hypers?[sample]) { number, _, parameters in
          let symbols = try decoders[stream(of: number)].next(parameters: parameters.scaled).to(.float32).to(device)
          return try restored(symbols, parameters: parameters)
        }
        for decoder in decoders { try decoder.finish() }
        return values
      }
      return samples.count == 1 ? samples[0] : try Tensor.concatenated(samples)
    }
  }

  /// Predicts the groups of one sample in their order.
  ///
  /// - Parameter values: returns a group's ŷ, `[1, E]`, given the parameters of its elements.
  /// - Returns: ŷ, `[1, M, H, W]`.
  func walk(
    height: Int, width: Int, device: Device, hyper: Tensor?,
    values: (_ number: Int, _ group: GroupElements, _ parameters: GroupParameters) throws -> Tensor
  ) throws -> Tensor {
    let prediction = try context.begin(hyper: hyper)
    var known = try Tensor.zeros([1, context.channels, height, width]).to(device)
    for (number, group) in try elements(height: height, width: width, device: device).enumerated() where group.count > 0 {
      let own = try ownParameters(of: number, group: group, by: prediction, known: known)
      try group.put(values(number, group, groupParameters(own, of: group)), into: known)
      known = try prediction.refined(after: number, known: known)
    }
    return known
  }

  /// Returns the parameters of a group's elements, `[1, P·E]`.
  private func ownParameters(
    of number: Int, group: GroupElements, by prediction: any GroupPrediction, known: Tensor
  ) throws -> Tensor {
    if let prediction = prediction as? any ElementPrediction { return try prediction.elementParameters(of: number, known: known) }
    if let prediction = prediction as? any PlacePrediction, let places = group.grid {
      return try prediction.parameters(of: number, known: known, at: places).reshaped([1, -1])
    }
    return try group.taken(fromParameters: prediction.parameters(of: number, known: known), count: context.parametersPerElement)
  }

  /// What is predicted of a group's elements.
  struct GroupParameters {
    /// Of the elements times their gains, `[1, P·E]`; so they are coded.
    let scaled: Tensor
    /// The gains, `[1, E]` or `[1, 1]`; nil for none.
    let gain: Tensor?
  }

  /// Returns parameters, `[1, P·E]`, with those of the elements times their gains.
  func groupParameters(_ parameters: Tensor, of group: GroupElements) throws -> GroupParameters {
    guard let gain else { return GroupParameters(scaled: parameters, gain: nil) }
    let own = gain.count == 1 ? try gain.reshaped([1, 1]) : try group.spread(gain)
    return GroupParameters(scaled: try density.scaled(parameters, by: own), gain: own)
  }

  /// Returns what is coded of a group of a `[1, M, H, W]` latent, int32 and `[1, E]`, what has its likelihood, and ŷ of its elements, `[1, E]`.
  func rounded(
    _ latent: Tensor, group: GroupElements, parameters: GroupParameters
  ) throws -> (symbols: Tensor, rated: Tensor, values: Tensor) {
    let own = try group.taken(from: latent)
    let scaled = try parameters.gain.map { try own * $0 } ?? own
    let center = try density.center(of: parameters.scaled)
    let symbols = try Symbols.make((center.map { try scaled - $0 } ?? scaled).rounded())
    let wholes = try symbols.to(.float32)
    return (symbols, try center.map { try wholes + $0 } ?? wholes, try restored(wholes, parameters: parameters))
  }

  /// Returns ŷ of whole numbers, `[1, E]`.
  func restored(_ wholes: Tensor, parameters: GroupParameters) throws -> Tensor {
    let rated = try density.center(of: parameters.scaled).map { try wholes + $0 } ?? wholes
    return try parameters.gain.map { try rated / $0 } ?? rated
  }
}
