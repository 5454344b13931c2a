/// With what and on what machine a result was measured.
public struct Environment: Codable, Sendable, Equatable {
  /// The version of Benchpresso.
  public var benchpressoVersion: String
  /// The git commit Benchpresso was built from; null where unknown.
  @OrNull public var gitCommit: String?
  /// The version of libtorch; null where no tensor was used.
  @OrNull public var libtorchVersion: String?
  /// The operating system with its version.
  public var operatingSystem: String
  /// The processor's name as the system gives it.
  public var cpuModel: String
  /// The device tensors were on, for example `cpu` or `cuda:0`.
  public var device: String
  /// The number of threads tensor operations could use.
  public var threads: Int
  /// When measuring began, ISO 8601 in UTC, for example `2026-01-31T23:59:59Z`.
  public var date: String
  /// The seed of everything random; null where nothing was.
  @OrNull public var seed: Int?
  /// The versions of external codecs and libraries by name, for example `libjpeg-turbo`.
  public var codecVersions: [String: String]

  enum CodingKeys: String, CodingKey {
    case benchpressoVersion = "benchpresso_version"
    case gitCommit = "git_commit"
    case libtorchVersion = "libtorch_version"
    case operatingSystem = "operating_system"
    case cpuModel = "cpu_model"
    case device, threads, date, seed
    case codecVersions = "codec_versions"
  }

  /// Creates a description of this machine now; what the program cannot find out by itself is given by the caller.
  public init(
    benchpressoVersion: String, gitCommit: String? = nil, libtorchVersion: String? = nil, operatingSystem: String = Machine.operatingSystem,
    cpuModel: String = Machine.cpuModel, device: String = "cpu", threads: Int, date: String = Machine.date(), seed: Int? = nil,
    codecVersions: [String: String] = [:]
  ) {
    self.benchpressoVersion = benchpressoVersion
    self.gitCommit = gitCommit
    self.libtorchVersion = libtorchVersion
    self.operatingSystem = operatingSystem
    self.cpuModel = cpuModel
    self.device = device
    self.threads = threads
    self.date = date
    self.seed = seed
    self.codecVersions = codecVersions
  }
}
