import Benchpresso
import Testing

struct RunNameTests {
  @Test(arguments: [
    ("factorized_prior_fit_q1_mse", "factorized_prior", "fit", "q1", "mse", Int?.none),
    ("factorized_prior_test_q8_ms_ssim", "factorized_prior", "test", "q8", "ms_ssim", nil),
    ("FactorizedPrior_fit_q1_mse", "FactorizedPrior", "fit", "q1", "mse", nil),
    ("Cheng2020Attention_test_q8_ms_ssim", "Cheng2020Attention", "test", "q8", "ms_ssim", nil),
    ("m_fit_q10_mse_s0", "m", "fit", "q10", "mse", 0), ("fit_fit_q1_mse_s42", "fit", "fit", "q1", "mse", 42),
    ("a_q1_mse_predict_q2_ms_ssim", "a_q1_mse", "predict", "q2", "ms_ssim", nil),
    ("é-1.5_validate_q3_mse", "é-1.5", "validate", "q3", "mse", nil), ("m_time_q1_mse", "m", "time", "q1", "mse", nil),
    ("bpg_anchor_q1_mse", "bpg", "anchor", "q1", "mse", nil),
  ])
  func namesComeBackAsTheyWere(text: String, model: String, stage: String, quality: String, metric: String, seed: Int?) throws {
    let name = try #require(RunName(text))
    #expect(name == RunName(model: model, stage: stage, quality: quality, metric: metric, seed: seed))
    #expect(name.description == text)
  }

  @Test(arguments: [
    "", "_", "fit_q1_mse", "_fit_q1_mse", "m_fit_q1", "m_fit_mse", "m_q1_mse", "m_fit_q0_mse", "m_fit_q_mse", "m_fit_q-1_mse",
    "m_fit_q+1_mse", "m_fit_q01_mse",
    "m_fit_1_mse", "m_fit_q1_psnr", "m_Fit_q1_mse", "m_fit_q1_mse_", "m_fit_q1_mse_s", "m_fit_q1_mse_s-1", "m_fit_q1_mse_s007",
    "m_fit_q1_mse_x1", "a/b_fit_q1_mse",
    "m_fit_q1_mse_s1_s2", "m_run_q1_mse", "m_fit_q99999999999999999999_mse",
  ])
  func otherTextsAreNone(text: String) { #expect(RunName(text) == nil) }

  @Test(arguments: [
    ("FactorizedPrior_fit_q1_mse.yaml", "FactorizedPrior_fit_q1_mse" as String?),
    ("Cheng2020Attention_test_q8_ms_ssim.yaml", "Cheng2020Attention_test_q8_ms_ssim"),
    ("configs/train/fp_gdn_train_q2_mse.yml", "fp_gdn_fit_q2_mse"), ("/a/m_fit_q1_mse_s3.json", "m_fit_q1_mse_s3"), ("m_fit_q1_mse", nil),
    ("m_fit_q1_mse.txt", nil),
    ("smoke.yaml", nil), (".yaml", nil), ("m_fit_q1_mse.yaml/config.yaml", nil), ("a.b_fit_q1_mse.yaml", "a.b_fit_q1_mse"),
  ])
  func namesOfFiles(file: String, expected: String?) { #expect(RunName(file: file)?.description == expected) }

  @Test func trainIsFitAndStagesChange() {
    #expect(RunName("m_train_q1_mse")?.stage == "fit")
    #expect(RunName("m_fit_q1_mse_s2")?.with(stage: "test").description == "m_test_q1_mse_s2")
  }

  @Test func everyCombinationComesBack() {
    for stage in RunName.stages {
      for metric in RunName.metrics {
        for seed in [nil, 0, 7] {
          let name = RunName(model: "my_model_s3", stage: stage, quality: "q4", metric: metric, seed: seed)
          #expect(RunName(name.description) == name)
        }
      }
    }
  }
}
