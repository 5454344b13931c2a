extension ExternalProgram {
  /// All programs that are looked for; none of them is required.
  static let all: [ExternalProgram] = codecs + tools

  private static let codecs =
    pair("bpgenc", "bpgdec", ["-h"], "BPG, an anchor for comparisons", bpg, isHelp: true)
    + pair("cjxl", "djxl", ["--version"], "JPEG XL, an anchor for comparisons", package("libjxl-tools", brew: "jpeg-xl"))
    + pair("avifenc", "avifdec", ["--version"], "AVIF, an anchor for comparisons", package("libavif-bin", brew: "libavif"))
    + [
      ExternalProgram(
        name: "heif-enc", arguments: ["--help"], purpose: "HEIC, an anchor for comparisons",
        remedy: package("libheif-examples", brew: "libheif"), isHelp: true),
      ExternalProgram(
        name: "x265", arguments: ["--version"], purpose: "HEVC intra pictures, an anchor for comparisons",
        remedy: package("x265", brew: "x265")),
    ]
    + [
      ExternalProgram(
        name: "libvvenc", program: "ffmpeg", sign: "Encoder libvvenc", arguments: ["-hide_banner", "-h", "encoder=libvvenc"],
        purpose: "VVC intra pictures by codecs.VVC, an anchor for comparisons",
        remedy: "'make codecs' puts an ffmpeg that has it into .codecs/bin; add that folder to the front of PATH")
    ]
    + pair("vvencapp", "vvdecapp", ["--version"], "VVC intra pictures by codecs.Command", vvc)
    + pair(
      "EncoderAppStatic", "DecoderAppStatic", ["--help"], "VVC by the reference software VTM, an anchor for comparisons",
      software("VVCSoftware_VTM"), isHelp: true)
    + pair(
      "TAppEncoderStatic", "TAppDecoderStatic", ["--help"], "HEVC by the reference software HM, an anchor for comparisons", software("HM"),
      isHelp: true)
    + pair(
      "opj_compress", "opj_decompress", ["-h"], "JPEG 2000, an anchor for comparisons", package("libopenjp2-tools", brew: "openjpeg"),
      isHelp: true)
    + pair("cwebp", "dwebp", ["-version"], "WebP, an anchor for comparisons", package("webp", brew: "webp"))
    + pair("cjpeg", "djpeg", ["-version"], "JPEG by codecs.Command", package("libjpeg-turbo-progs", brew: "jpeg-turbo"))

  private static let tools = [
    ExternalProgram(
      name: "ffmpeg", arguments: ["-version"], purpose: "codecs and pictures that the others do not know",
      remedy: package("ffmpeg", brew: "ffmpeg")),
    ExternalProgram(
      name: "rsvg-convert", arguments: ["--version"], purpose: "plots as PNG; the SVG is written without it",
      remedy: package("librsvg2-bin", brew: "librsvg")),
    ExternalProgram(
      name: "butteraugli_main", arguments: [], purpose: "the measures butteraugli and butteraugli_3norm",
      remedy: "install libjxl-devtools (Debian, Ubuntu)", saysVersion: false),
    ExternalProgram(
      name: "curl", arguments: ["--version"], purpose: "fetching data sets with 'data download'", remedy: package("curl", brew: "curl")),
    ExternalProgram(
      name: "tar", arguments: ["--version"], purpose: "unpacking data sets with 'data download'", remedy: package("tar", brew: "gnu-tar")),
    ExternalProgram(
      name: "unzip", arguments: ["-v"], purpose: "unpacking data sets with 'data download'", remedy: package("unzip", brew: "unzip")),
    ExternalProgram(
      name: "git", arguments: ["--version"], purpose: "fetching Benchpresso and naming its commit", remedy: package("git", brew: "git")),
    ExternalProgram(
      name: "sbatch", arguments: ["--version"], purpose: "trainings on a cluster with Slurm",
      remedy: "only on a cluster, whose administrators install it (Debian: slurm-client)"),
  ]

  private static let bpg = "no package has it; build it from the sources at https://bellard.org/bpg and add its folder to PATH"
  private static let vvc =
    "Debian 12 has no package; build it from https://github.com/fraunhoferhhi/vvenc and https://github.com/fraunhoferhhi/vvdec"

  private static func software(_ repository: String) -> String {
    "no package has it; build it from the sources at https://vcgit.hhi.fraunhofer.de/jvet/\(repository) and add its folder to PATH"
  }

  private static func package(_ debian: String, brew: String) -> String {
    debian == brew ? "install \(debian) (Debian, Ubuntu, Homebrew)" : "install \(debian) (Debian, Ubuntu) or \(brew) (Homebrew)"
  }

  private static func pair(
    _ encoder: String, _ decoder: String, _ arguments: [String], _ purpose: String, _ remedy: String, isHelp: Bool = false
  ) -> [ExternalProgram] {
    [encoder, decoder].map { ExternalProgram(name: $0, arguments: arguments, purpose: purpose, remedy: remedy, isHelp: isHelp) }
  }
}
