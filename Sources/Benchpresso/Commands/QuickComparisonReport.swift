import Benchmarking
import Results

/// The short comparison of `quickstart` as JSON.
struct QuickComparisonReport: Encodable {
  struct Row: Encodable {
    let codec: String
    let anchor: String
    let bdRatePSNR: Double?
    let bdRateMSSSIM: Double?
    let notes: [String]

    enum CodingKeys: String, CodingKey {
      case codec, anchor, notes
      case bdRatePSNR = "bd_rate_psnr"
      case bdRateMSSSIM = "bd_rate_ms_ssim"
    }
  }

  let comparisons: [Row]

  init(_ comparison: QuickComparison) {
    comparisons = comparison.rows.map {
      Row(codec: $0.test, anchor: $0.anchor, bdRatePSNR: $0.psnr.rate, bdRateMSSSIM: $0.msSSIM.rate, notes: $0.notes)
    }
  }
}
