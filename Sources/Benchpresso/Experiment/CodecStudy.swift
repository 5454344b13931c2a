public import Configuration
public import Registry

/// What a configuration of `benchpresso codec` says.
public struct CodecStudy: ValidatedSettings {
  /// The name of the curve; null takes that of the codec with its chroma format.
  public var name: String?
  /// What the study is about, for the results file.
  public var description = ""
  /// The codec.
  public var codec = Component<CodecKind>("codecs.JPEG")
  /// The data set; its transform of the test is applied, and null takes pictures whole.
  public var data = Component<DatasetKind>("datasets.Kodak", ["transform": ["class_path": "transform.NoCrop"]])
  /// The qualities, a rate point each, on the codec's own scale; an empty list takes the usual ones of the codec.
  public var qualities: [Double] = []
  /// What is measured of every picture besides PSNR and MS-SSIM, for example `metrics.LPIPSVGG`.
  public var metrics: [Component<MetricKind>] = []
  /// The folder that gets the results and the journal; what lies there is continued.
  public var output: OutputPath = "runs/codec"
  /// How many pictures are coded at the same time; null takes one for each processor.
  public var jobs: Int?
  /// Whether times are to mean something: pictures are coded one at a time, an untimed one comes before each quality, and the start of the programs
  /// is measured apart.
  public var time = false

  /// Creates the defaults.
  public init() {}

  /// What is out of range.
  public func problems() -> [(key: String, sentence: String)] {
    guard let jobs, !(1...1024 ~= jobs) else { return [] }
    return [("jobs", "must be in 1 ... 1024, found \(jobs)")]
  }
}
