import Results

extension ComparisonMetric {
  /// What people call the measure.
  var title: String {
    switch key {
    case "psnr": "PSNR"
    case "ms_ssim": "MS-SSIM"
    case "ms_ssim_db": "MS-SSIM"
    case "ms_ssim_db_mean": "MS-SSIM (mean of the dB)"
    case "lpips_vgg": "LPIPS (VGG)"
    case "lpips_alex": "LPIPS (Alex)"
    case "ssimulacra2": "SSIMULACRA 2"
    case "psnr_y": "PSNR of luma"
    default: key
    }
  }

  /// The name with the unit.
  var titleWithUnit: String { unit.isEmpty ? title : "\(title) in \(unit)" }

  /// Measures in the order in which they are offered: those that most papers have first.
  static func ordered(_ keys: Set<String>) -> [ComparisonMetric] {
    let first = ["psnr", "ms_ssim_db", "lpips_vgg", "lpips_alex", "dists", "ssimulacra2", "butteraugli", "ssim", "ms_ssim"]
    return (first.filter(keys.contains) + keys.subtracting(first).sorted()).map { ComparisonMetric($0) }
  }
}
