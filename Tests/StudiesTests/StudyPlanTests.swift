import Foundation
import Studies
import Testing

struct StudyPlanTests {
  @Test func aPlanComesBackAsItWasWritten() throws {
    let folder = try TestFolder()
    let plan = Sample.plan([Sample.unit("a_fit_q1_mse"), Sample.unit("a_test_q1_mse/kodak", .test, needs: ["a_fit_q1_mse"])])
    try plan.write(folder.study)
    #expect(try StudyPlan.read(folder.study) == plan)
    #expect(plan.units[1].folderName == "a_test_q1_mse@kodak-0123456789ab")
  }

  @Test func whatIsNoPlanIsRefused() throws {
    let folder = try TestFolder()
    #expect(throws: StudyError.self) { try StudyPlan.read(folder.study) }
    for text in [
      "", "{}", "{\"schema\": \"benchpresso.study-plan/9\", \"study\": \"a\", \"file\": \"\", \"program\": \"\", \"units\": []}",
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder.study.plan))
      #expect(throws: StudyError.damaged(path: folder.study.plan)) { try StudyPlan.read(folder.study) }
    }
  }

  @Test func changesAreNamed() {
    let old = Sample.plan([Sample.unit("a"), Sample.unit("b"), Sample.unit("c")])
    let new = Sample.plan([Sample.unit("a"), Sample.unit("b", hash: "other"), Sample.unit("d")])
    let change = old.change(to: new)
    #expect(change.added == ["d"] && change.removed == ["c"] && change.changed == ["b"])
    #expect(old.change(to: old).isEmpty)
  }
}
