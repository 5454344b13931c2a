extension StudyMistakesTests {
  /// Mistakes in data sets, anchors, measures, times and launchers.
  static let inMeasurements: [Mistake] = [
    Mistake(
      "baseline", [6: "baseline: gnd"],
      "m.yaml:6:11: baseline: there is no variation 'gnd'; did you mean 'gdn'? There are gdn, relu"),
    Mistake(
      "compare anchor", [6: "compare: {anchor: jpeg}"],
      "m.yaml:6:19: compare.anchor: there is no anchor or variation 'jpeg'; there are gdn, relu"),
    Mistake(
      "compare published", [6: "compare: {anchor: \"published:kodak/bpg_445\"}"],
      "m.yaml:6:19: compare.anchor: there is no published curve 'kodak/bpg_445'; did you mean 'kodak/bpg_444'? "
        + "'benchpresso results list' names all"),
    Mistake(
      "compare quality", [6: "compare: {quality: [lpips_vgg]}"],
      "m.yaml:6:20: compare.quality: there is no measured metric (see 'metrics') 'lpips_vgg'; there are psnr, ms_ssim, "
        + "ms_ssim_db"),
    Mistake(
      "compare method", [6: "compare: {method: spline}"],
      "m.yaml:6:10: compare: method: expected pchip, akima or cubic, found 'spline'"),
    Mistake(
      "no datasets", [5: ""],
      "m.yaml:1:1: datasets: tests need pictures, for example datasets: {kodak: {data: {class_path: datasets.Kodak, "
        + "init_args: {data_dir: …}}}}"),
    Mistake(
      "dataset list", [5: "datasets: [kodak]"],
      "m.yaml:5:11: datasets: expected a map of names, found a list"),
    Mistake(
      "anchor", [6: "anchors: {jpeg: {qualities: [3]}}"],
      "m.yaml:6:17: anchors.jpeg: expected {codec: codecs.WebP, qualities: [10, 50, 90]}, {config: FILE} or "
        + "published:NAME, found {qualities: [3]}"),
    Mistake(
      "anchor published", [6: "anchors: {bpg: \"published:kodak/bpg_445\"}"],
      "m.yaml:6:16: anchors.bpg: there is no published curve 'kodak/bpg_445'; did you mean 'kodak/bpg_444'? 'benchpresso "
        + "results list' names all"),
    Mistake(
      "anchor range", [6: "anchors: {jpeg: {codec: codecs.JPEG, qp: {from: 5, to: 1}}}"],
      "m.yaml:6:42: anchors.jpeg.qualities: expected {from: 0, to: 51, step: 1}, found {from: 5, to: 1}"),
    Mistake(
      "anchor dataset", [6: "anchors: {jpeg: {codec: codecs.JPEG, datasets: [photo]}}"],
      "m.yaml:6:49: anchors.jpeg.datasets: there is no data set 'photo'; did you mean 'photos'? There are photos"),
    Mistake(
      "anchor codec", [6: "anchors: {jpeg: {codec: codecs.JPGE}}"],
      "m.yaml:6:25: codec: there is no codec 'codecs.JPGE'; did you mean 'codecs.JPEG'? \(known("codec"))"),
    Mistake(
      "anchor name", [6: "anchors: {gdn: {codec: codecs.JPEG}}"],
      "m.yaml:6:11: anchors.gdn: a variation is called 'gdn', too; give one of them another name"),
    Mistake(
      "metrics", [6: "metrics: [bpp, psnr, lpips]"],
      "m.yaml:6:22: metrics[2]: there is no metric 'lpips'. Metrics: mse, psnr, psnr_y_bt601, psnr_y_bt709, "
        + "psnr_yuv_611, ssim, ms_ssim, ms_ssim_db, ssimulacra2, lpips_vgg, lpips_alex, dists, butteraugli, butteraugli_3norm"),
    Mistake(
      "timing", [6: "timing: {resolutions: {from: 3}, repeats: 0, network: {}}"],
      "m.yaml:6:23: timing.resolutions: expected sides in pixels, [256, 512], or {from: 256, to: 1024, step: 128}, found "
        + "{from: 3}",
      "m.yaml:6:46: timing.network: unknown key 'network'; valid keys: what, batch_sizes, repeats, warmup, threads"),
    Mistake(
      "timing vars", [6: "timing: {networks: {small: 3}}"],
      "m.yaml:6:28: timing.networks.small.vars: expected a map of names, found 3"),
    Mistake(
      "slurm", [6: "launcher: {slurm: {cpus: 0, time: \"1\\n#SBATCH --wait\"}}"],
      "m.yaml:6:11: launcher: slurm.cpus: must be 1 or more, found 0",
      "m.yaml:6:11: launcher: slurm: what is asked of Slurm has one line each"),
    Mistake(
      "launcher", [6: "launcher: {kind: pbs, jobs: 0}"],
      "m.yaml:6:11: launcher: kind: expected local, slurm or command, found 'pbs'",
      "m.yaml:6:11: launcher: jobs: must be in 1 ... 1024, found 0"),
  ]
}
