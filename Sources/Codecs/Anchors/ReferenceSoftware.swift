public import Configuration

/// What the reference software of VVC and that of HEVC differ in.
public protocol ReferenceSoftware: Sendable {
  /// The software's name.
  static var name: String { get }
  /// The standard that it codes.
  static var standard: String { get }
  /// The last part of the address of its sources.
  static var repository: String { get }
  /// The largest QP.
  static var largestQP: Double { get }
  /// What a name of its coded files ends in, without the dot.
  static var fileSuffix: String { get }
  /// The usual names of the programs that encode and decode.
  static var programs: (encoder: String, decoder: String) { get }
  /// Arguments that the other does not need.
  static var arguments: [String] { get }
}

/// VTM, the reference software of VVC.
public enum VTM: ReferenceSoftware {
  /// The software's name.
  public static let name = "VTM"
  /// The standard.
  public static let standard = "VVC"
  /// The last part of the address of its sources.
  public static let repository = "VVCSoftware_VTM"
  /// The largest QP of VVC.
  public static let largestQP = 63.0
  /// The ending of coded files.
  public static let fileSuffix = "vvc"
  /// The programs.
  public static let programs = (encoder: "EncoderAppStatic", decoder: "DecoderAppStatic")
  /// None.
  public static let arguments: [String] = []
}

/// HM, the reference software of HEVC.
public enum HM: ReferenceSoftware {
  /// The software's name.
  public static let name = "HM"
  /// The standard.
  public static let standard = "HEVC"
  /// The last part of the address of its sources.
  public static let repository = "HM"
  /// The largest QP of HEVC.
  public static let largestQP = 51.0
  /// The ending of coded files.
  public static let fileSuffix = "hevc"
  /// The programs.
  public static let programs = (encoder: "TAppEncoderStatic", decoder: "TAppDecoderStatic")
  /// No hash in the stream, and a level that holds large pictures.
  public static let arguments = ["--SEIDecodedPictureHash=0", "--Level=5.1"]
}

/// The settings of `codecs.VTM` and `codecs.HM`, the reference software of VVC and of HEVC.
public struct ReferenceSettings<Software: ReferenceSoftware>: ValidatedSettings {
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
    ToolLimits.problems(quality, .qp(to: Software.largestQP), timeLimit)
      + ([8, 10].contains(bits) ? [] : [("bits", "must be 8 or 10, found \(bits)")])
  }

  /// The codec, whose pictures become Y′CbCr 4:4:4 (BT.709, full range) here, with rounding.
  func codec() throws -> ToolCodec {
    let name = Software.name
    guard let configuration else {
      throw ToolCodecError.commandLine("\(name) needs the encoder's configuration file: name it with the setting 'configuration'")
    }
    let source = "build it from the sources at https://vcgit.hhi.fraunhofer.de/jvet/\(Software.repository)"
    let format = PictureFormat.raw(YCbCr(.bt709, bits: bits))
    return ToolCodec(
      identity: "\(name.lowercased())-444", summary: "\(Software.standard) intra (\(name), \(bits) bits, constant QP), 4:4:4",
      fileSuffix: Software.fileSuffix, chromaFormat: "4:4:4", quality: quality, scale: .qp(to: Software.largestQP),
      encoder: .init(
        ToolProgram(Software.programs.encoder, source: source, versionArguments: ["--help"], path: encoder),
        [
          "-i", "{input}", "-c", configuration.path, "-q", "{quality}", "-o", "/dev/null", "-b", "{output}", "-wdt", "{width}", "-hgt",
          "{height}", "-fr", "1", "-f", "1", "--InputChromaFormat=444", "--InputBitDepth=\(bits)", "--ConformanceWindowMode=1",
        ] + Software.arguments + arguments, format: format),
      decoder: .init(
        ToolProgram(Software.programs.decoder, source: source, versionArguments: ["--help"], path: decoder),
        ["-b", "{input}", "-o", "{output}", "-d", "\(bits)"], format: format), timeLimit: timeLimit)
  }
}
