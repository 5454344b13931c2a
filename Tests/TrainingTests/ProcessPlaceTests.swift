import Testing

@testable import Training

/// Who this process is among several, from the variables of torchrun and Slurm.
@Suite struct ProcessPlaceTests {
  private static let torchrun = [
    "RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "node1", "MASTER_PORT": "29500",
  ]
  private static let slurm = [
    "SLURM_PROCID": "2", "SLURM_LOCALID": "1", "SLURM_NTASKS": "3", "SLURM_JOB_ID": "1234567", "SLURM_STEP_ID": "0", "SLURM_NODEID": "1",
    "SLURM_STEP_NODELIST": "gpu[07-08]", "SLURM_STEP_TASKS_PER_NODE": "1,2",
  ]

  private func changed(_ environment: [String: String], _ changes: [String: String]) -> [String: String] {
    environment.merging(changes) { $1 }
  }

  @Test func readsTorchrun() throws {
    let place = try #require(try ProcessPlace(Self.torchrun))
    #expect(place.launcher == .torchrun && place.rank == 3 && place.worldSize == 4 && !place.isFirst)
    #expect(place.localRank == 1 && place.localWorldSize == 2 && !place.isOneMachine)
    #expect(place.host == "node1" && place.port == 29_500 && place.storePrefix == nil)
    let agent = ["TORCHELASTIC_USE_AGENT_STORE": "True", "TORCHELASTIC_RESTART_COUNT": "2"]
    #expect(try ProcessPlace(changed(Self.torchrun, agent))?.storePrefix == "/worker/attempt_2")
  }

  @Test func readsSlurm() throws {
    let place = try #require(try ProcessPlace(Self.slurm))
    #expect(place.launcher == .slurm && place.rank == 2 && place.worldSize == 3)
    #expect(place.localRank == 1 && place.localWorldSize == 2 && !place.isOneMachine)
    #expect(place.host == "gpu07" && place.port == 15_000 + 4567)
    let oneMachine = try ProcessPlace(changed(Self.slurm, ["SLURM_STEP_NODELIST": "", "SLURM_JOB_NODELIST": "box"]))
    #expect(oneMachine?.host == "box" && oneMachine?.isOneMachine == true)
  }

  @Test func torchrunComesBeforeSlurm() throws {
    #expect(try ProcessPlace(Self.slurm.merging(Self.torchrun) { $1 })?.launcher == .torchrun)
  }

  @Test(arguments: [
    [:], ["RANK": "0", "WORLD_SIZE": "1"], ["SLURM_PROCID": "0", "SLURM_NTASKS": "1", "SLURM_STEP_ID": "0"],
    // A batch script of a job with several tasks.
    ["SLURM_PROCID": "0", "SLURM_NTASKS": "4", "SLURM_JOB_ID": "7", "SLURMD_NODENAME": "n1"],
    ["SLURM_PROCID": "0", "SLURM_NTASKS": "4", "SLURM_JOB_ID": "7", "SLURM_JOB_NAME": "bash"],
  ])
  func oneProcessIsNoGroup(environment: [String: String]) throws { #expect(try ProcessPlace(environment) == nil) }

  @Test(arguments: [
    (["WORLD_SIZE": ""], "the environment variable RANK is set but WORLD_SIZE is not"),
    (["RANK": ""], "the environment variable WORLD_SIZE is set but RANK is not"),
    (["MASTER_PORT": ""], "the environment variable RANK is set but MASTER_PORT is not"),
    (["MASTER_ADDR": ""], "the environment variable RANK is set but MASTER_ADDR is not"),
    (["MASTER_PORT": "70000"], "the environment variable MASTER_PORT is '70000', expected a port, 1 to 65535"),
    (["RANK": "4"], "the environment variable RANK is 4, but there are only 4 processes (WORLD_SIZE)"),
    (["RANK": "-1"], "the environment variable RANK is '-1', expected a number from 0 on"),
    (["WORLD_SIZE": "0", "RANK": "0"], "the environment variable WORLD_SIZE is '0', expected a number of processes of at least 1"),
    (["LOCAL_RANK": "2"], "the environment variable LOCAL_RANK is 2, but there are only 2 processes (LOCAL_WORLD_SIZE)"),
  ])
  func refusesWrongVariablesOfTorchrun(changes: [String: String], words: String) {
    let error = #expect(throws: ProcessPlaceError.self) { try ProcessPlace(changed(Self.torchrun, changes)) }
    #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
    #expect(error?.description.contains("start the training with torchrun") == true)
  }

  @Test(arguments: [
    (["SLURM_PROCID": "3"], "the environment variable SLURM_PROCID is 3, but there are only 3 processes (SLURM_NTASKS)"),
    (["SLURM_JOB_ID": "x"], "the environment variable SLURM_JOB_ID is 'x', expected a number from 0 on"),
    (["SLURM_STEP_NODELIST": ""], "the environment variable SLURM_PROCID is set but SLURM_STEP_NODELIST is not"),
  ])
  func refusesWrongVariablesOfSlurm(changes: [String: String], words: String) {
    let error = #expect(throws: ProcessPlaceError.self) { try ProcessPlace(changed(Self.slurm, changes)) }
    #expect(error?.description.hasPrefix(words) == true, "\(String(describing: error))")
    #expect(error?.description.contains("start the training with srun") == true)
  }

  @Test(arguments: [
    ("node7", ["node7"]), ("node[01-03,7]", ["node01", "node02", "node03", "node7"]), ("a1,b[2-3],c", ["a1", "b2", "b3", "c"]),
    ("rack[1-2]n[08-10]", ["rack1n08", "rack1n09", "rack1n10", "rack2n08", "rack2n09", "rack2n10"]),
    ("n[098-101]x", ["n098x", "n099x", "n100x", "n101x"]),
    ("", []), ("n[3-1]", ["n3-1"]), ("n[", ["n["]),
  ])
  func expandsLists(list: String, hosts: [String]) { #expect(SlurmHosts.expanded(list) == hosts) }
}
