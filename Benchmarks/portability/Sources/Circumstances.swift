/// A way to compute: the instruction sets that the libraries may use, and the number of threads.
struct Circumstances: Hashable, CustomStringConvertible {
  /// What oneDNN (convolutions) may use, the value of `ONEDNN_MAX_CPU_ISA`; nil for all that the machine has.
  let oneDNN: String?
  /// What libtorch's own kernels may use, the value of `ATEN_CPU_CAPABILITY`; nil for all that the machine has.
  let libtorch: String?
  let threads: Int

  /// Every combination.
  static let all: [Circumstances] = [nil, "AVX2", "SSE41"].flatMap { oneDNN in
    [nil, "avx2", "default"].flatMap { libtorch in [1, 2].map { Circumstances(oneDNN: oneDNN, libtorch: libtorch, threads: $0) } }
  }

  /// Four that differ from each other in all three respects.
  static let few: [Circumstances] = [
    Circumstances(oneDNN: nil, libtorch: nil, threads: 1), Circumstances(oneDNN: nil, libtorch: nil, threads: 2),
    Circumstances(oneDNN: "SSE41", libtorch: nil, threads: 1), Circumstances(oneDNN: "SSE41", libtorch: "default", threads: 2),
  ]

  /// The words for `env` that set them.
  var environment: [String] {
    ["-u", "ONEDNN_MAX_CPU_ISA", "-u", "ATEN_CPU_CAPABILITY"]
      + (oneDNN.map { ["ONEDNN_MAX_CPU_ISA=\($0)"] } ?? []) + (libtorch.map { ["ATEN_CPU_CAPABILITY=\($0)"] } ?? [])
  }

  var description: String { "\(oneDNN ?? "all")/\(libtorch ?? "all")/\(threads)" }
}
