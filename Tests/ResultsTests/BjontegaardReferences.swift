/// Published Bjøntegaard deltas the tests compare with; `Fixtures/ORIGIN.md` says where they come from.
enum BjontegaardReferences {
  /// BD-rates in percent with pchip, Akima and cubic, to two decimals, and BD-PSNR in dB with pchip against BPG, to three.
  struct Row: Sendable {
    let name: String
    let againstBPG: [Double]
    let againstVTM: [Double]
    let psnrAgainstBPG: Double
  }

  static let published = [
    Row(
      name: "compressai-bmshj2018-factorized_mse_cuda", againstBPG: [32.55, 32.46, 32.37], againstVTM: [68.1, 68.01, 67.81],
      psnrAgainstBPG: -1.33),
    Row(
      name: "compressai-bmshj2018-hyperprior_mse_cuda", againstBPG: [3.93, 3.91, 3.7], againstVTM: [30.49, 30.47, 30.14],
      psnrAgainstBPG: -0.184),
    Row(
      name: "compressai-mbt2018-mean_mse_cuda", againstBPG: [-3.28, -3.28, -3.44], againstVTM: [21.28, 21.28, 21.03], psnrAgainstBPG: 0.166),
    Row(
      name: "compressai-mbt2018_mse_cuda", againstBPG: [-11.25, -11.24, -11.53], againstVTM: [11.02, 11.01, 10.61], psnrAgainstBPG: 0.574),
    Row(
      name: "compressai-cheng2020-anchor_mse_cuda", againstBPG: [-18.89, -18.95, -18.83], againstVTM: [3.68, 3.59, 3.79],
      psnrAgainstBPG: 0.913),
    Row(
      name: "compressai-cheng2020-attn_mse_cuda", againstBPG: [-17.58, -17.61, -17.51], againstVTM: [5.51, 5.46, 5.63],
      psnrAgainstBPG: 0.837),
    Row(name: "bmshj2018-hyperprior-vbr-ans", againstBPG: [4.07, 4.07, 3.9], againstVTM: [30.59, 30.58, 30.32], psnrAgainstBPG: -0.174),
    Row(name: "mbt2018-mean-vbr-ans", againstBPG: [-1.4, -1.4, -1.58], againstVTM: [23.38, 23.38, 23.1], psnrAgainstBPG: 0.079),
    Row(name: "mbt2018-vbr-ans", againstBPG: [-2.99, -2.99, -3.13], againstVTM: [21.6, 21.6, 21.37], psnrAgainstBPG: 0.163),
    Row(name: "bpg_444_x265_ycbcr", againstBPG: [0.0, 0.0, 0.0], againstVTM: [21.99, 21.98, 22.05], psnrAgainstBPG: 0.0),
    Row(name: "vtm", againstBPG: [-18.02, -18.02, -18.07], againstVTM: [0.0, 0.0, 0.0], psnrAgainstBPG: 0.977),
    Row(name: "hm", againstBPG: [0.83, 0.83, 0.81], againstVTM: [23.31, 23.3, 23.39], psnrAgainstBPG: -0.04),
    Row(name: "av1", againstBPG: [-6.22, -6.22, -6.26], againstVTM: [16.18, 16.18, 16.22], psnrAgainstBPG: 0.312),
    Row(name: "webp", againstBPG: [44.18, 44.18, 43.7], againstVTM: [78.75, 78.75, 78.14], psnrAgainstBPG: -1.988),
    Row(name: "jpeg", againstBPG: [143.04, 143.04, 144.51], againstVTM: [208.49, 208.49, 210.22], psnrAgainstBPG: -4.703),
    Row(name: "jpeg2000", againstBPG: [55.83, 55.75, 55.19], againstVTM: [97.97, 97.89, 97.07], psnrAgainstBPG: -2.131),
    Row(name: "paper-elic2022_mse", againstBPG: [-26.58, -26.6, -26.71], againstVTM: [-7.02, -7.06, -7.17], psnrAgainstBPG: 1.397),
    Row(name: "paper-minnen2020-cc10_mse", againstBPG: [-20.53, -20.55, -20.56], againstVTM: [1.11, 1.06, 1.08], psnrAgainstBPG: 1.022),
    Row(name: "paper-bmshj2018-factorized", againstBPG: [31.08, 31.06, 31.06], againstVTM: [65.84, 65.83, 65.73], psnrAgainstBPG: -1.287),
    Row(name: "paper-bmshj2018-hyperprior", againstBPG: [6.55, 6.54, 6.4], againstVTM: [33.97, 33.96, 33.71], psnrAgainstBPG: -0.302),
    Row(name: "paper-mbt2018-mean", againstBPG: [-4.67, -4.75, -4.91], againstVTM: [16.38, 16.28, 16.23], psnrAgainstBPG: 0.248),
    Row(name: "paper-mbt2018", againstBPG: [-9.38, -9.38, -9.64], againstVTM: [11.03, 11.02, 10.83], psnrAgainstBPG: 0.487),
    Row(
      name: "paper-cheng2020-checkerboard-6M_mse", againstBPG: [-19.09, -19.09, -18.88], againstVTM: [3.91, 3.9, 4.18],
      psnrAgainstBPG: 0.895),
  ]

  /// Rate points (bits per pixel, PSNR in dB, Kodak) of a thesis on learned image compression: its tables 7.2–7.5 and 7.7–7.10.
  static let thesisPoints: [String: (rates: [Double], qualities: [Double])] = [
    "fp_gdn": ([0.132, 0.208, 0.325, 0.503, 0.703], [26.881, 28.186, 29.673, 31.284, 33.345]),
    "fp_gsdn": ([0.123, 0.198, 0.306, 0.484, 0.708], [26.705, 28.044, 29.648, 31.541, 33.243]),
    "fp_relu": ([0.125, 0.195, 0.302, 0.460, 0.681], [26.838, 28.218, 29.511, 31.175, 32.858]),
    "fp_1dn": ([0.129, 0.205, 0.314, 0.480, 0.712], [26.803, 28.243, 29.820, 31.541, 33.310]),
    "msh_gsdn": ([0.118, 0.194, 0.305, 0.460, 0.647], [27.765, 29.346, 31.042, 32.841, 34.376]),
    "msh_relu": ([0.115, 0.184, 0.289, 0.437, 0.626], [27.647, 29.062, 30.249, 31.009, 32.631]),
    "msh_1dn": ([0.117, 0.196, 0.308, 0.465, 0.664], [27.557, 29.319, 30.603, 32.851, 34.430]),
    "msh_gdn": ([0.117, 0.194, 0.305, 0.461, 0.651], [27.764, 28.940, 30.789, 32.867, 34.538]),
  ]

  static let thesis = [
    Row(name: "fp_gdn", againstBPG: [50.21, 50.2, 51.46], againstVTM: [98.35, 98.31, 99.88], psnrAgainstBPG: -1.579),
    Row(name: "fp_gsdn", againstBPG: [44.06, 43.94, 45.14], againstVTM: [90.54, 90.37, 91.86], psnrAgainstBPG: -1.409),
    Row(name: "fp_relu", againstBPG: [44.19, 44.1, 45.98], againstVTM: [91.04, 90.95, 93.28], psnrAgainstBPG: -1.404),
    Row(name: "fp_1dn", againstBPG: [41.98, 41.87, 43.12], againstVTM: [87.6, 87.45, 89.0], psnrAgainstBPG: -1.365),
    Row(name: "msh_gsdn", againstBPG: [-0.58, -0.68, 0.13], againstVTM: [29.68, 29.55, 30.61], psnrAgainstBPG: 0.021),
    Row(name: "msh_relu", againstBPG: [19.92, 20.06, 20.16], againstVTM: [58.38, 58.59, 58.58], psnrAgainstBPG: -0.687),
    Row(name: "msh_1dn", againstBPG: [3.73, 3.64, 5.22], againstVTM: [35.44, 35.32, 37.37], psnrAgainstBPG: -0.146),
    Row(name: "msh_gdn", againstBPG: [3.91, 3.72, 4.37], againstVTM: [35.4, 35.15, 36.0], psnrAgainstBPG: -0.157),
  ]

  /// BD-rate and BD-PSNR with pchip of the five lowest rate points against BPG.
  static let fiveLowest: [(name: String, rate: Double, quality: Double)] = [
    ("compressai-bmshj2018-factorized_mse_cuda", 35.82, -1.171), ("compressai-bmshj2018-hyperprior_mse_cuda", 7.26, -0.281),
    ("compressai-mbt2018-mean_mse_cuda", -1.31, 0.056), ("compressai-mbt2018_mse_cuda", -12.47, 0.542),
  ]

  /// BD-rate with pchip on MS-SSIM in dB against BPG.
  static let msSSIM: [(name: String, rate: Double)] = [
    ("compressai-bmshj2018-factorized_mse_cuda", -4.58), ("compressai-mbt2018-mean_mse_cuda", -16.02),
    ("compressai-mbt2018-mean_ms-ssim_cuda", -49.59), ("compressai-cheng2020-anchor_ms-ssim_cuda", -56.05), ("vtm", -17.70), ("av1", -6.55),
  ]
}
