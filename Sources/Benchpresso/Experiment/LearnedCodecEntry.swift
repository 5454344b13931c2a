import Codecs
import Configuration
import Models
import Registry

/// A model with its weights as a codec among the components, for those that build on another codec.
enum LearnedCodecEntry {
  /// `codecs.Learned`.
  static let entry = Entry(
    CodecKind.self, "codecs.Learned", summary: "A model with its weights, as the base of codecs.Residual.",
    outside: "the model in the file has its place there", settings: LearnedCodecSettings.self
  ) { settings, context -> any ImageCodec in try settings.codec(context) }
}

/// The settings of `codecs.Learned`.
struct LearnedCodecSettings: Settings {
  /// The weights of the model: a file that says its model, such as one of `export`, or `zoo:` with the name of a model that comes with the program.
  var weights: WeightsPath?
  /// The rate of a model of several; null takes the highest.
  var ratePoint: Double?

  /// Reads the weights and builds the model.
  func codec(_ context: BuildContext) throws -> LearnedCodec {
    guard let weights else {
      throw ConfigurationError(
        mark: context.mark(of: "weights"), path: context.path(of: "weights"),
        "is missing, expected the weights of a model, for example zoo:quickstart/lambda-0.0018")
    }
    var options = LearnedCodec.Options()
    options.rate = ratePoint.map { RatePosition($0) }
    return try ModelUnderTest(path: weights.file.path, options: options, catalogue: context.catalogue).codec
  }
}
