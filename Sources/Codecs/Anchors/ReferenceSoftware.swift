public import Configuration

/// The settings of `codecs.VTM` and `codecs.HM`, the reference software of VVC and of HEVC.
public struct ReferenceSettings: ValidatedSettings {
  /// The QP, 0 to 63 (VTM) or to 51 (HM).
  public var quality = 32.0
  /// The configuration file of the encoder, such as encoder_intra_vtm.cfg or encoder_intra_main_rext.cfg.
  public var configuration: InputPath?
  /// The program that encodes, a name in PATH or a path; null takes EncoderAppStatic (VTM) or TAppEncoderStatic (HM).
  public var encoder: String?
  /// The program that decodes, a name in PATH or a path; null takes DecoderAppStatic (VTM) or TAppDecoderStatic (HM).
  public var decoder: String?
  /// The bits of a sample given to the encoder, 8 or 10.
  public var bits = 10
  /// Further arguments of the encoder.
  public var arguments: [String] = []
  /// How long each process may run, in seconds.
  public var timeLimit = 3600.0

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    ToolLimits.problems(quality, .qp(to: 63), timeLimit) + ([8, 10].contains(bits) ? [] : [("bits", "must be 8 or 10, found \(bits)")])
  }

  /// The codec, whose pictures become Y′CbCr 4:4:4 (BT.709, full range) here, with rounding.
  func codec(vvc: Bool) throws -> ToolCodec {
    let name = vvc ? "VTM" : "HM"
    let place = vvc ? "VVCSoftware_VTM" : "HM"
    guard let configuration else {
      throw ToolCodecError.commandLine("\(name) needs the encoder's configuration file: name it with the setting 'configuration'")
    }
    let source = "build it from the sources at https://vcgit.hhi.fraunhofer.de/jvet/\(place)"
    let format = PictureFormat.raw(YCbCr(.bt709, bits: bits))
    let own = vvc ? [] : ["--SEIDecodedPictureHash=0", "--Level=5.1"]
    return ToolCodec(
      identity: "\(name.lowercased())-444", summary: "\(vvc ? "VVC" : "HEVC") intra (\(name), \(bits) bits, constant QP), 4:4:4",
      fileSuffix: vvc ? "vvc" : "hevc", chromaFormat: "4:4:4", quality: quality, scale: .qp(to: vvc ? 63 : 51),
      encoder: .init(
        ToolProgram(vvc ? "EncoderAppStatic" : "TAppEncoderStatic", source: source, versionArguments: ["--help"], path: encoder),
        [
          "-i", "{input}", "-c", configuration.path, "-q", "{quality}", "-o", "/dev/null", "-b", "{output}", "-wdt", "{width}", "-hgt",
          "{height}", "-fr", "1", "-f", "1", "--InputChromaFormat=444", "--InputBitDepth=\(bits)", "--ConformanceWindowMode=1",
        ] + own + arguments, format: format),
      decoder: .init(
        ToolProgram(vvc ? "DecoderAppStatic" : "TAppDecoderStatic", source: source, versionArguments: ["--help"], path: decoder),
        ["-b", "{input}", "-o", "{output}", "-d", "\(bits)"], format: format), timeLimit: timeLimit)
  }
}
