import Foundation
import Registry
import Studies
import Testing

@testable import Benchpresso

/// What is done is found by its settings: which changes make a unit another one.
struct StudyHashTests {
  private func hashes(
    _ study: String = TinyStudy.study, base: String = TinyStudy.base, in folder: TestFolder? = nil
  ) throws -> [String: String] {
    let folder = try folder ?? TinyStudy.folder()
    try folder.add("s.yaml", study)
    try folder.add("base.yaml", base)
    let plan = try StudyExpansion(StudyFile("\(folder.path)/s.yaml"), catalogue: BuiltIn.catalogue()).plan
    return Dictionary(uniqueKeysWithValues: plan.units.map { ($0.name, $0.hash) })
  }

  private func changed(_ study: String = TinyStudy.study, base: String = TinyStudy.base) throws -> [String] {
    let (old, new) = (try hashes(), try hashes(study, base: base))
    #expect(Set(old.keys) == Set(new.keys))
    return old.keys.filter { old[$0] != new[$0] }.sorted()
  }

  /// The lower rate starts from the higher one: a change of the first changes nothing else, one of the second both.
  @Test func aChangedRateChangesItsCellsAndWhatStartsFromThem() throws {
    #expect(
      try changed(TinyStudy.study.replacing("q1: 0.01", with: "q1: 0.011"))
        == ["gdn_fit_q1_mse", "gdn_test_q1_mse/photos", "relu_fit_q1_mse", "relu_test_q1_mse/photos"])
    let all = try hashes().keys.filter { $0 != "jpeg/photos" }.sorted()
    #expect(try changed(TinyStudy.study.replacing("q2: 0.02", with: "q2: 0.03")) == all)
  }

  @Test func aVariationChangesAlone() throws {
    let names = try changed(TinyStudy.study.replacing("nonlinearity.ReLU", with: "nonlinearity.GELU"))
    #expect(names.count == 4 && names.allSatisfy { $0.hasPrefix("relu") })
  }

  @Test func whatIsMeasuredChangesNoTraining() throws {
    let tests = try changed(TinyStudy.study + "metrics: [ssim]\n")
    #expect(tests.count == 5 && tests.allSatisfy { $0.contains("test") || $0.hasPrefix("jpeg") })
    #expect(try changed(TinyStudy.study.replacing("qualities: [5, 30]", with: "qualities: [5, 40]")) == ["jpeg/photos"])
    #expect(try changed(TinyStudy.study + "checkpoint: last\n").allSatisfy { $0.contains("test") })
  }

  /// A change of the study file or its base that changes no result.
  struct Indifference: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var study = TinyStudy.study
    var base = TinyStudy.base
  }

  @Test(arguments: [
    Indifference(
      testDescription: "comments", study: "# another comment\n" + TinyStudy.study, base: TinyStudy.base + "# and one here\n"),
    Indifference(testDescription: "the order", study: TinyStudy.study.replacing("study: s\n", with: "") + "study: s\n"),
    Indifference(
      testDescription: "values that are defaults",
      study: TinyStudy.study.replacing("gdn: {}", with: "gdn: {model.activation: nonlinearity.GDN, trainer.precision: 32}"),
      base: TinyStudy.base + "  accelerator: auto\noptimizer: optimizer.Adam\n"),
    Indifference(testDescription: "spellings of numbers", study: TinyStudy.study.replacing("q1: 0.01", with: "q1: 1.0e-2")),
    Indifference(
      testDescription: "names and places", study: TinyStudy.study + "output: elsewhere\ndescription: something\n",
      base: TinyStudy.base + "  default_root_dir: elsewhere\n"),
    Indifference(
      testDescription: "how fast it goes", study: TinyStudy.study + "launcher: {jobs: 2}\n",
      base: TinyStudy.base.replacing("batch_size: 2", with: "batch_size: 2\n    num_workers: 2")),
  ])
  func whatMakesNoDifference(change: Indifference) throws {
    #expect(try changed(change.study, base: change.base) == [])
  }

  @Test func aStudyCanMoveWithItsFiles() throws {
    let (here, there) = (try TinyStudy.folder(), try TinyStudy.folder())
    #expect(try hashes(in: here) == hashes(in: there))
  }

  /// Whoever changes these numbers makes every unit of every study that was ever run another one, and all of them run again.
  @Test func unitsOfEarlierVersionsAreFound() throws {
    let plan = try ShippedStudy.plan("nonlinearity-small")
    #expect(
      ["fp_gdn_fit_q5_mse", "fp_gdn_fit_q4_mse", "fp_gdn_fit_q1_mse", "fp_gsdn_fit_q1_mse"].compactMap { plan.unit($0)?.folderName } == [
        "fp_gdn_fit_q5_mse-6beeae07e787", "fp_gdn_fit_q4_mse-a889bded3d64", "fp_gdn_fit_q1_mse-b81f84070ced",
        "fp_gsdn_fit_q1_mse-1a1b5369f8d7",
      ])
  }
}
