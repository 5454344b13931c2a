import Foundation
import Studies
import Testing

struct UnitStatusTests {
  @Test func theStateOfAUnitIsReadFromItsFolder() throws {
    let folder = try TestFolder()
    let unit = Sample.unit("a")
    let place = try folder.make(unit)
    #expect(UnitStatus(place) == .planned)
    for (phase, status) in [
      (UnitState.Phase.done, UnitStatus.done), (.failed, .failed(reason: "why")), (.stopped, .stopped),
    ] {
      try Sample.state(phase, reason: "why").write(place)
      #expect(UnitStatus(place) == status)
    }
  }

  /// A process that is gone leaves 'running' behind: nobody holds the lock.
  @Test func aProcessThatIsGoneDoesNotRun() throws {
    let folder = try TestFolder()
    let place = try folder.make(Sample.unit("a"))
    try Sample.state(.running, heartbeat: Date().timeIntervalSince1970).write(place)
    #expect(UnitStatus(place) == .stopped)
    do {
      let lock = try #require(try UnitLock(place))
      #expect(UnitStatus(place) == .running)
      // One unit, one process.
      #expect(try UnitLock(place) == nil)
      withExtendedLifetime(lock) {}
    }
    #expect(UnitStatus(place) == .stopped)
  }

  @Test func anotherMachineIsBelievedForAWhile() throws {
    let folder = try TestFolder()
    let place = try folder.make(Sample.unit("a"))
    let now = Date().timeIntervalSince1970
    try Sample.state(.running, host: "elsewhere", heartbeat: now - 5).write(place)
    #expect(UnitStatus(place) == .running)
    try Sample.state(.running, host: "elsewhere", heartbeat: now - UnitStatus.patience - 5).write(place)
    #expect(UnitStatus(place) == .stopped)
  }

  @Test func whatNeedsAFailedUnitIsBlocked() throws {
    let folder = try TestFolder()
    let units = [
      Sample.unit("a"), Sample.unit("b", needs: ["a"]), Sample.unit("c", .test, needs: ["b"]), Sample.unit("d"),
    ]
    try Sample.state(.failed).write(folder.make(units[0]))
    let states = UnitStatus.all(Sample.plan(units), in: folder.study)
    #expect(states["b"] == .blocked(by: "a") && states["c"] == .blocked(by: "a") && states["d"] == .planned)
  }
}
