import Configuration
import Foundation
import Registry
import Studies
import Testing

@testable import Benchpresso

/// What becomes of a study file: units, their names and needs.
struct StudyExpansionTests {
  private func plan(_ study: String, files: [String: String] = [:]) throws -> StudyPlan {
    let folder = try TinyStudy.folder(study)
    for (name, text) in files { try folder.add(name, text) }
    return try StudyExpansion(StudyFile("\(folder.path)/s.yaml"), catalogue: BuiltIn.catalogue()).plan
  }

  /// The study of section 7.3 of the thesis, with times: trainings, tests on two sets, a codec on both, networks of two sizes.
  private static let thesis = """
    study: s
    schema: 1
    baseline: fp_gdn
    base: [base.yaml]
    vars: {N: 4, M: 6}
    set: {model.channels: "${N}", model.expansion_channels: "${M}"}
    seeds: [42]
    variations:
      fp_gdn: {}
      fp_1dn: {activation: nonlinearity.OneDN}
      fp_relu: {activation: nonlinearity.ReLU}
      fp_gsdn: {activation: nonlinearity.GSDN}
    shorthand: {activation: [model.activation]}
    rates:
      loss_metric: mse
      key: model.rate_distortion_function.lagrangian_multiplier
      values: {q1: 0.0018, q2: 0.0035, q3: 0.0067, q4: 0.0130, q5: 0.0250}
    datasets:
      kodak: {data.data_dir: pictures}
      clic: {data.data_dir: pictures}
    anchors:
      bpg444: {codec: codecs.BPG, qp: {from: 0, to: 51, step: 1}}
    metrics: [bpp, psnr, ms_ssim_db, lpips_vgg]
    compare: {anchor: bpg444, quality: [psnr, lpips_vgg], method: pchip}
    timing:
      networks: {small: {N: 4, M: 6}, large: {N: 6, M: 8}}
      resolutions: {from: 256, to: 1024, step: 128}
      batch_sizes: [2, 4, 8, 10, 12, 14, 16]
      repeats: 50
      warmup: 10

    """

  @Test func theStudyOfTheThesisHasSeventyUnits() throws {
    let plan = try plan(Self.thesis)
    #expect(plan.units.count == 70)
    #expect(StudyUnit.Kind.allCases.map { plan.units(of: $0).count } == [20, 40, 2, 8])
    for (index, name) in [
      0: "fp_gdn_fit_q1_mse", 1: "fp_gdn_fit_q2_mse", 5: "fp_1dn_fit_q1_mse", 19: "fp_gsdn_fit_q5_mse", 20: "fp_gdn_test_q1_mse/kodak",
      60: "bpg444/kodak", 62: "fp_gdn_time_small", 69: "fp_gsdn_time_large",
    ] {
      #expect(plan.units[index].name == name)
      #expect(plan.units[index].index == index)
    }
    #expect(plan.units[20].needs == ["fp_gdn_fit_q1_mse"])
    #expect(Set(plan.units.map(\.name)).count == 70 && Set(plan.units.map(\.folderName)).count == 70)
    #expect(
      plan.units[62].options == [
        "--what", "codec", "--sizes", "256..1024:128", "--batch-sizes", "1,2,4,8,10,12,14,16", "--repetitions", "50", "--warm-up", "10",
      ])
    // Networks of two sizes are two measurements.
    #expect(plan.units[62].hash != plan.units[63].hash)
  }

  @Test func measuresThatAreNamedAreTakenOfTestsAndAnchors() throws {
    let folder = try TinyStudy.folder(Self.thesis)
    let cells = try StudyExpansion(StudyFile("\(folder.path)/s.yaml"), catalogue: BuiltIn.catalogue()).cells
    for place in [20, 60] { #expect(cells[place].text.contains("metrics.LPIPSVGG"), "\(cells[place].text)") }
    #expect(!cells[0].text.contains("metrics.LPIPSVGG"))
  }

  @Test(arguments: [("nonlinearity", [40, 40, 1, 0]), ("nonlinearity-small", [40, 40, 1, 0]), ("smoke", [4, 4, 1, 0])])
  func studiesThatShip(name: String, counts: [Int]) throws {
    let plan = try ShippedStudy.plan(name)
    #expect(StudyUnit.Kind.allCases.map { plan.units(of: $0).count } == counts)
    #expect(plan.study == name)
  }

  @Test func seedsAreCellsOfTheirOwn() throws {
    let plan = try plan(TinyStudy.study.replacing("baseline: gdn", with: "seeds: [1, 2]"))
    #expect(
      plan.units(of: .fit).prefix(4).map(\.name) == ["gdn_fit_q1_mse_s1", "gdn_fit_q1_mse_s2", "gdn_fit_q2_mse_s1", "gdn_fit_q2_mse_s2"])
    // Each seed is a chain of its own.
    #expect(plan.unit("gdn_fit_q1_mse_s2")?.needs == ["gdn_fit_q2_mse_s2"])
    #expect(plan.units(of: .test).count == 8)
  }

  @Test func aWarmStartBeginsAtEitherEnd() throws {
    let down = try plan(TinyStudy.study)
    #expect(down.unit("gdn_fit_q1_mse")?.needs == ["gdn_fit_q2_mse"] && down.unit("gdn_fit_q2_mse")?.needs == [])
    #expect(down.unit("gdn_fit_q1_mse")?.steps == 2 && down.unit("gdn_fit_q2_mse")?.steps == 4)
    let up = try plan(TinyStudy.study.replacing("from: higher", with: "from: lower"))
    #expect(up.unit("gdn_fit_q2_mse")?.needs == ["gdn_fit_q1_mse"] && up.unit("gdn_fit_q1_mse")?.steps == 4)
  }

  private static let rest = """
    study: s
    base: [base.yaml]
    datasets: {photos: {data.data_dir: pictures}}

    """

  @Test func aGridHasEveryCombinationButThoseExcluded() throws {
    let grid = """
      grid:
        name: "{act}-{size}"
        axes:
          act: {gdn: {}, relu: {model.activation: nonlinearity.ReLU}}
          size: {small: {}, large: {model.channels: 8}}
        exclude: [{act: relu, size: [large]}]
      variations: {alone: {model.channels: 5}}

      """
    #expect(try plan(Self.rest + grid).units(of: .fit).map(\.variation) == ["alone", "gdn-small", "gdn-large", "relu-small"])
  }

  @Test func axesCanGoForwardTogether() throws {
    let grid = """
      grid:
        axes:
          n: {n4: {}, n8: {model.channels: 8}}
          act: {gdn: {}, relu: {model.activation: nonlinearity.ReLU}}
          m: {m6: {}, m9: {model.expansion_channels: 9}}
        zip: [n, m]

      """
    #expect(
      try plan(Self.rest + grid).units(of: .fit).map(\.variation) == ["n4_gdn_m6", "n4_relu_m6", "n8_gdn_m9", "n8_relu_m9"])
  }

  @Test func cellsCanBeLeftOut() throws {
    let skipped = try plan(TinyStudy.study + "skip: [{variation: relu, quality: q1}, {dataset: photos, quality: q2, variation: gdn}]\n")
    #expect(
      skipped.units.map(\.name) == [
        "gdn_fit_q1_mse", "gdn_fit_q2_mse", "relu_fit_q2_mse", "gdn_test_q1_mse/photos", "relu_test_q2_mse/photos", "jpeg/photos",
      ])
    let chosen = try plan(TinyStudy.study + "only: {variation: relu, quality: q2}\n")
    #expect(chosen.units.map(\.name) == ["relu_fit_q2_mse", "relu_test_q2_mse/photos"])
    // Anchors alone.
    #expect(try plan(TinyStudy.study + "only: {variation: jpeg}\n").units.map(\.name) == ["jpeg/photos"])
  }

  @Test func ratesCanStandInAFileOfTheirOwn() throws {
    let study = Self.rest + "variations: {gdn: {}}\nrates: rates.yaml\n"
    let plan = try plan(study, files: ["rates.yaml": "rates: {values: [0.01, 0.02, 0.03]}\n"])
    #expect(plan.units(of: .fit).map(\.rate) == [0.01, 0.02, 0.03])
  }

  @Test func patternsMeanUnits() throws {
    let plan = try plan(TinyStudy.study)
    func names(_ patterns: String...) throws -> [String] { try UnitPattern.matching(patterns, in: plan).map(\.name) }
    #expect(try names("*q1*photos") == ["gdn_test_q1_mse/photos", "relu_test_q1_mse/photos"])
    #expect(try names("anchor", "relu_fit_q1_mse") == ["relu_fit_q1_mse", "jpeg/photos"])
    #expect(try names("gdn").count == 4 && names("*").count == 9 && names("gdn_*_mse").count == 2)
    #expect(UnitPattern.isLike("aba", "a*a") && !UnitPattern.isLike("a", "a*a"))
    #expect(throws: StudyError.noUnit(name: "gdm", hint: "; did you mean 'gdn'?")) { try UnitPattern.matching(["gdm"], in: plan) }
  }
}
