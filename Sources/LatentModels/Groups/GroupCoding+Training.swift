public import Torch

extension GroupCoding {
  /// Returns the quantised latent and the likelihood of each of its elements.
  ///
  /// In training the groups are predicted one after the other, from what stands for the coded groups before them; where the quantizer needs no
  /// centres that is what a prediction of all groups from the whole latent gives, with what may not be seen masked.
  public func forward(
    _ latent: Tensor, hyper: Tensor?, quantizer: any WholeNumberQuantizer, noise: (any NoiseSource)?
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    guard let noise else { return try estimated(latent, hyper: hyper) }
    let shape = try checked(latent)
    let latent = try latent.inFullPrecision()
    let prediction = try context.begin(hyper: hyper)
    if let prediction = prediction as? any ElementPrediction {
      return try relaxed(latent, prediction: prediction, quantizer: quantizer, noise: noise)
    }
    var known = try latent.detached().zerosLike()
    var likelihoods: Tensor?
    var drawn: Tensor?
    for (number, group) in try elements(height: shape[2], width: shape[3], device: latent.device).enumerated() {
      let parameters = try prediction.parameters(of: number, known: known).inFullPrecision()
      func own(_ tensor: Tensor) throws -> Tensor { try tensor.narrowed(1, from: group.channels.lowerBound, length: group.channels.count) }
      let gain = try gain.map { try $0.count == 1 ? $0 : own($0) }
      let scaled = try gain.map { try density.scaled(parameters, by: $0) } ?? parameters
      let relaxed = try quantizer.relaxed(gain.map { try own(latent) * $0 } ?? own(latent), around: density.center(of: scaled)) {
        let all = try drawn ?? noise.noise(for: noiseName, shape: shape)
        drawn = all
        return try own(all)
      }
      let rates = try group.embedded(density.likelihoods(of: relaxed.rated, parameters: scaled), among: shape[1])
      likelihoods = try likelihoods.map { try $0 + rates } ?? rates
      known = try known + group.embedded(gain.map { try relaxed.values / $0 } ?? relaxed.values, among: shape[1])
      known = try prediction.refined(after: number, known: known)
    }
    guard let likelihoods else { throw LatentModelError.order(reason: "there is no group") }
    return (known, likelihoods)
  }

  /// The same with a prediction that computes a group's elements alone.
  private func relaxed(
    _ latent: Tensor, prediction: any ElementPrediction, quantizer: any WholeNumberQuantizer, noise: any NoiseSource
  ) throws -> (values: Tensor, likelihoods: Tensor) {
    let shape = latent.shape
    var known = try latent.detached().zerosLike()
    let groups = try elements(height: shape[2], width: shape[3], device: latent.device)
    var drawn: Tensor?
    let rates = try groups.enumerated().map { number, group in
      let parameters = try prediction.elementParameters(of: number, known: known).inFullPrecision()
      let predicted = try groupParameters(parameters, of: group)
      let own = try group.taken(from: latent)
      let relaxed = try quantizer.relaxed(predicted.gain.map { try own * $0 } ?? own, around: density.center(of: predicted.scaled)) {
        let all = try drawn ?? noise.noise(for: noiseName, shape: shape)
        drawn = all
        return try group.taken(from: all)
      }
      let rates = try density.likelihoods(of: relaxed.rated, parameters: predicted.scaled)
      let values = try predicted.gain.map { try relaxed.values / $0 } ?? relaxed.values
      known = try prediction.refined(after: number, known: group.placed(values, in: known))
      return rates
    }
    let places = try Tensor.concatenated(groups.map { try $0.placesInLatent() })
    let zeros = try latent.detached().zerosLike().reshaped([shape[0], -1])
    return (known, try zeros.withSlices(along: 1, at: places, Tensor.concatenated(rates, along: 1)).reshaped(shape))
  }

  /// Returns ŷ as a decoder gets it.
  func quantized(_ latent: Tensor, hyper: Tensor?) throws -> Tensor { try estimated(latent, hyper: hyper).values }

  /// Returns ŷ as a decoder gets it, and the likelihoods of what is coded.
  private func estimated(_ latent: Tensor, hyper: Tensor?) throws -> (values: Tensor, likelihoods: Tensor) {
    let shape = try checked(latent)
    return try CodingConditions.run {
      let likelihoods = try Tensor.zeros(shape).to(latent.device)
      let hypers = try hyper.map(CodingConditions.samples)
      let values = try CodingConditions.samples(of: latent.detached()).enumerated().map { sample, latent in
        let own = try likelihoods.narrowed(0, from: sample, length: 1)
        return try walk(height: shape[2], width: shape[3], device: latent.device, hyper: hypers?[sample]) { _, group, parameters in
          let coded = try rounded(latent, group: group, parameters: parameters)
          try group.put(density.likelihoods(of: coded.rated, parameters: parameters.scaled), into: own)
          return coded.values
        }
      }
      return (try values.count == 1 ? values[0] : Tensor.concatenated(values), likelihoods)
    }
  }
}
