import Registry
import Weights

/// Which tensors of a state_dict of CompressAI tell the numbers of channels of its model.
enum ArchitectureSizes {
  /// A dimension of a tensor that has the size of a setting.
  struct Source: Equatable {
    let tensor: String
    let dimension: Int
  }

  /// For each setting the places that tell it, the first that is there counts.
  ///
  /// N is what the first convolution of g_a gives, or that of its first residual block. M is what h_a takes, or, without a hyperprior, what
  /// the last convolution of g_a gives.
  static let sources: [(setting: String, sources: [Source])] = [
    ("channels", [Source(tensor: "g_a.0.weight", dimension: 0), Source(tensor: "g_a.0.conv1.weight", dimension: 0)]),
    (
      "expansion_channels",
      [
        Source(tensor: "h_a.0.weight", dimension: 1), Source(tensor: "latent_codec.hyper.h_a.0.weight", dimension: 1),
        Source(tensor: "g_a.6.weight", dimension: 0),
      ]
    ),
  ]

  /// Settings of a rate control that are on where a tensor is there.
  static let switches: [(tensor: String, setting: String)] = [("gayn2zqstep.0.weight", "hyper_steps")]

  /// Returns those settings of a model that the shapes tell.
  ///
  /// - Returns: The settings with their sizes, and the names of tensors of which none is there although the model needs one.
  static func settings(of entry: Entry, in tensors: StoredTensors) -> (sizes: [(setting: String, size: Int)], missing: [String]) {
    var sizes: [(setting: String, size: Int)] = []
    var missing: [String] = []
    let arguments = entry.argumentNames
    for (setting, sources) in Self.sources where arguments.contains(setting) {
      let size = sources.lazy.compactMap { source -> Int? in
        guard let shape = tensors[source.tensor]?.shape, shape.indices.contains(source.dimension) else { return nil }
        return shape[source.dimension]
      }.first
      if let size { sizes.append((setting, size)) } else { missing += sources.map(\.tensor) }
    }
    return (sizes, missing)
  }
}
