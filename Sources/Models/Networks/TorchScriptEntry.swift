public import Configuration
import Registry
import Torch
import Weights

extension NetworkEntries {
  /// The network that a file brings.
  static let foreignNetworks: [Entry] = [
    Entry(
      NetworkKind.self, "networks.TorchScript", summary: "A network that was written with PyTorch, from a TorchScript file.",
      outside: "what the network is depends on its file", settings: TorchScriptSettings.self
    ) { settings, context in
      let ends = TorchScriptEnds(
        input: try context.number("in_channels"), output: try context.number("out_channels"), scale: try settings.scale(context),
        factor: try context.number(settings.downsampling == nil ? "upsampling" : "downsampling"))
      let file = try settings.file(context)
      let (mark, path) = (context.mark(of: "path"), context.path(of: "path"))
      return NetworkPlan(input: ends.input, output: ends.output, scale: ends.scale) { _ in
        do {
          return try TorchScriptNetwork(file, ends: ends)
        } catch let error as TorchScriptMismatch {
          throw ConfigurationError(mark: mark, path: path, "\(error)")
        } catch let error as TorchError {
          // Without libtorch the file is not to blame.
          if case .unavailable = error { throw error }
          throw ConfigurationError(mark: mark, path: path, "libtorch cannot load '\(file.path)': \(error)")
        }
      }
    }
  ]
}

/// The settings of `networks.TorchScript`; null takes what the model says of the place where the network stands.
public struct TorchScriptSettings: ValidatedSettings {
  /// The file, written by `torch.jit.save`; its program is run, so take files only from those you trust.
  ///
  /// Where it is no longer at the place that weights remember, it is looked for beside the file of the weights.
  public var path = InputPath("network.pt")
  /// The channels of the input, 1 to 65536.
  public var inChannels: Int?
  /// The channels of the output, 1 to 65536.
  public var outChannels: Int?
  /// By which number an encoder or a hyper analysis divides the sides, 1 to 1024; null for a decoder or a hyper synthesis.
  public var downsampling: Int?
  /// By which number a decoder or a hyper synthesis multiplies the sides, 1 to 1024; null for an encoder or a hyper analysis.
  public var upsampling: Int?

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    let numbers = [
      ("inChannels", inChannels, 65536), ("outChannels", outChannels, 65536), ("downsampling", downsampling, 1024),
      ("upsampling", upsampling, 1024),
    ]
    return numbers.compactMap { key, value, limit in
      guard let value, !(1...limit ~= value) else { return nil }
      return (key, "must be in 1 ... \(limit), found \(value)")
    }
  }

  /// How the sides change.
  func scale(_ context: BuildContext) throws(ConfigurationError) -> NetworkPlan.Scale {
    switch (downsampling, upsampling) {
    case (let factor?, nil): return .reduces(factor)
    case (nil, let factor?): return .enlarges(factor)
    case (let down?, let up?):
      let sentence =
        "downsampling is \(down) and upsampling is \(up), of which a network has one: encoders and hyper analyses the first, decoders and hyper "
        + "syntheses the second"
      throw ConfigurationError(mark: context.mark, path: context.path, sentence)
    case (nil, nil):
      throw ConfigurationError(mark: context.mark, path: context.path, "write down downsampling or upsampling, which is not known here")
    }
  }

  /// Reads the file.
  ///
  /// Weights remember an absolute path, which is that of the machine where they were trained.
  func file(_ context: BuildContext) throws(ConfigurationError) -> TorchScriptFile {
    let mark = context.mark(of: "path")
    func failure(_ sentence: String) -> ConfigurationError {
      ConfigurationError(mark: mark, path: context.path(of: "path"), sentence)
    }
    var place = path.path
    if mark.isFile, !PathText.exists(place) {
      let beside = PathText.short(
        PathText.absolute(PathText.name(of: place), from: PathText.folder(of: PathText.absolute(mark.source))))
      guard PathText.exists(beside) else {
        let other = beside == place ? "" : " and no '\(beside)' beside '\(mark.source)'"
        throw failure("there is no file '\(place)'\(other) (no such file or folder); put the TorchScript file there")
      }
      place = beside
    }
    do {
      return try TorchScriptFile(place)
    } catch {
      throw failure("\(error)")
    }
  }
}
