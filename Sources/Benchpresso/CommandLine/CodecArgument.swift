import Codecs
import Configuration
import Registry

/// What `decode --codec` names: the codec that wrote a file.
struct CodecArgument {
  private let text: String

  /// Takes the word.
  ///
  /// - Throws: ``UsageError`` for options that do not go with it.
  init(_ text: String, weights: String?, stages: Int?, thumbnail: Bool) throws(UsageError) {
    guard weights == nil else { throw .needs("--weights belong to .bps files; weights of a base stand in the configuration of --codec") }
    guard stages == nil, !thumbnail else {
      throw .needs("--\(stages == nil ? "thumbnail" : "stages") belongs to .bps files, not to --codec")
    }
    self.text = text
  }

  /// Builds the codec; at which quality it coded does not matter to its decoder.
  ///
  /// - Throws: `ConfigurationError`, what is wrong with the configuration.
  func codec() throws -> any ImageCodec {
    let catalogue = try Program.catalogue()
    let isStudy = PathText.exists(text) ? try ConfigurationFile.read(text)["codec"] != nil : false
    let item: ConfigurationRequest.Item = isStudy ? .file(text) : .option(Override(path: "codec", value: text))
    var composition = Composition(ConfigurationRequest(items: [item], stage: "codec"), root: CodecStudy.self, catalogue: catalogue)
    let study = try composition.decode(CodecStudy.self)
    for note in composition.notes { Console.note("note: \(note)") }
    return try catalogue.build(study.codec, as: (any ImageCodec).self)
  }

  /// What to do with a file in layers.
  static func sentence(about file: String) -> String {
    "'\(file)' was written by codecs.Residual, in layers of two codecs that it does not name; say which with --codec: config.yaml of the study that "
      + "'benchpresso codec' wrote, or the configuration of the codec"
  }
}
