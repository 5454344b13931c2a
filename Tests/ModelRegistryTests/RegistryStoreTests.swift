import ModelRegistry
import Results
import SafeFiles
import Testing

struct RegistryStoreTests {
  @Test func whatIsAddedIsFoundOnce() throws {
    let place = try Place()
    let store = try place.store()
    let file = try place.write("a/results.json", try Sample.results("first").json())
    let record = try place.add(file, to: store, tags: ["draft"])
    let copy = try place.write("b/results.json", try Sample.results("first").json())
    #expect(try store.add(try Sample.reader.read(copy), path: copy, tags: ["paper"]) == .wasThere)
    let stored = try store.record(String(record.hash.prefix(8)))
    #expect(stored.record == record && stored.isStored && stored.path == copy && stored.tags == ["draft", "paper"])
    #expect(record.dataset == "Kodak" && record.model == "models.FactorizedPrior" && record.details["cpu_model"] == "a processor")
    #expect(record.points.map { $0.values["bpp"] } == [0.2, 0.4] && record.points[1].values["psnr"] == 34)
    #expect(try store.counts() == [.results: 1] && store.record("first").record.hash == record.hash)
    #expect(try FileBytes.read(store.object(record.hash)) == FileBytes.read(file))
  }

  @Test func queries() throws {
    let place = try Place()
    let store = try place.store()
    for (index, name) in ["fp_gdn", "fp_relu", "mshp_gdn"].enumerated() {
      let results = Sample.results(name, rates: [0.1 + Double(index) / 10, 0.9], dataset: index == 2 ? "CLIC" : "Kodak")
      try place.add(try place.write("\(name)/results.json", try results.json()), to: store, tags: index == 0 ? ["paper"] : [])
    }
    try place.add(try place.write("m.card.md", Sample.card), to: store)
    func names(_ change: (inout RegistryQuery) throws -> Void) throws -> [String] {
      var query = RegistryQuery()
      try change(&query)
      return try store.search(query).map(\.record.name)
    }
    #expect(try names { _ in } == ["small factorized prior", "mshp_gdn", "fp_relu", "fp_gdn"])
    #expect(try names { $0.words = ["fp_"] } == ["fp_relu", "fp_gdn"])
    #expect(try names { $0.words = ["photographs"] } == [])
    #expect(try names { $0.words = ["codes", "paper"] } == ["small factorized prior"])
    #expect(try names { $0.kinds = [.results] }.count == 3 && names { $0.limit = 2 }.count == 2)
    #expect(try names { $0.dataset = "clic" } == ["mshp_gdn"] && names { $0.tags = ["paper"] } == ["fp_gdn"])
    #expect(try names { $0.model = "FactorizedPrior" }.count == 4 && names { $0.model = "Factorized" }.isEmpty)
    // One point has to meet all conditions: the rate of one and the PSNR of another do not count.
    let conditions = try ["psnr>=38", "bpp<0.5"].map { try #require(RegistryQuery.Condition($0)) }
    #expect(try names { $0.conditions = [conditions[0]] }.count == 3)
    #expect(try names { $0.conditions = conditions } == [])
    #expect(try names { $0.conditions = [try #require(RegistryQuery.Condition("bpp<= 0.15"))] } == ["fp_gdn"])
    // What SQL and its full-text search would take for syntax is text.
    for words in ["\"", "' OR 1=1 --", "name:x", "NEAR(", "*", "fp_gdn\" OR \"x", "-"] { _ = try names { $0.words = [words] } }
    #expect(try names { $0.model = "%" }.isEmpty && names { $0.tags = ["' OR ''='"] }.isEmpty)
  }

  /// Where many points meet a condition the search goes another way, with the same result.
  @Test func commonAndRareConditionsAgree() throws {
    let place = try Place()
    let store = try place.store()
    let records = (0..<6000).map { number in
      Record(
        hash: String(repeating: "0", count: 58) + String(1_000_000 + number, radix: 16).padding(6), kind: .results, name: "n\(number)",
        size: 1, points: [RecordPoint(label: "a", values: ["bpp": Double(number), "psnr": Double(6000 - number)])])
    }
    try store.add(records)
    func found(_ texts: [String]) throws -> [String] {
      var query = RegistryQuery()
      query.conditions = try texts.map { try #require(RegistryQuery.Condition($0)) }
      query.limit = 10_000
      return try store.search(query).map(\.record.name)
    }
    #expect(try found(["bpp>=0", "psnr>0"]).count == 6000)
    #expect(try found(["bpp>=0", "psnr>5990"]) == (0..<10).reversed().map { "n\($0)" })
    #expect(try found(["psnr>5990", "bpp>=0"]) == (0..<10).reversed().map { "n\($0)" })
    #expect(try found(["bpp>=5999"]) == ["n5999"] && found(["bpp>1e9"]) == [])
  }

  @Test func namesAndHashes() throws {
    let place = try Place()
    let store = try place.store()
    let first = try place.add(try place.write("a/results.json", try Sample.results("same", rates: [0.1]).json()), to: store)
    try place.add(try place.write("b/results.json", try Sample.results("same", rates: [0.3]).json()), to: store)
    #expect(throws: RegistryError.notFound("absent")) { try store.record("absent") }
    #expect { try store.record("same") } throws: { "\($0)".contains("'same' is 2 records") }
    #expect { try store.record("") } throws: { "\($0)".contains("nothing in the registry is called ''") }
    let stored = try store.record(first.hash)
    try store.tag(stored, adding: ["a", "b"], removing: [])
    try store.tag(stored, adding: [], removing: ["a"])
    #expect(try store.record(first.hash).tags == ["b"])
    try store.remove(stored)
    #expect(throws: RegistryError.notFound(first.hash)) { try store.record(first.hash) }
    #expect(!ScratchFolder.holds(store.object(first.hash)) && ScratchFolder.holds("\(place.path)/a/results.json"))
    #expect(try store.search(RegistryQuery()).count == 1)
  }

  @Test func verifyingFindsWhatIsGoneOrChanged() throws {
    let place = try Place()
    let store = try place.store()
    let result = try place.add(try place.write("a/results.json", try Sample.results("a").json()), to: store)
    let gone = try place.add(try place.write("gone.safetensors", "weights"), to: store)
    let changed = try place.add(try place.write("changed.safetensors", "weights of another"), to: store)
    #expect(try store.verify() == [])
    try place.write("changed.safetensors", "something else")
    try FileRemoval.remove("\(place.path)/gone.safetensors")
    try AtomicFile.write("damaged", to: store.object(result.hash))
    try Folder.create("\(store.folder)/objects/ff")
    try AtomicFile.write("stray", to: "\(store.folder)/objects/ff/ffee")
    let findings = try store.verify()
    #expect(findings.map(\.problem) == [.copyDamaged, .fileMissing, .fileChanged, .copyWithoutRecord])
    #expect(findings.map(\.hash) == [result.hash, gone.hash, changed.hash, "ffee"])
    #expect(findings.allSatisfy { $0.sentence.contains($0.path) })
    try FileRemoval.remove(store.object(result.hash))
    #expect(try store.verify().first?.problem == .copyMissing)
  }

  @Test func aDatabaseThatIsNoneAndOneOfTheFuture() throws {
    let place = try Place()
    try place.write("broken/registry.sqlite", [UInt8](repeating: 65, count: 5000))
    #expect { try place.store("broken") } throws: { "\($0)".contains("broken/registry.sqlite") && $0 is RegistryError }
    try place.write("file", "x")
    #expect { try place.store("file") } throws: { "\($0)".contains("create the folder") }
  }

  /// Processes that write at once wait for each other; here it is as many stores of one folder.
  @Test func severalWriteAtOnce() async throws {
    let place = try Place()
    _ = try place.store()
    let path = place.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let store = try RegistryStore(folder: "\(path)/registry")
          for number in 0..<25 {
            let folder = "\(path)/w\(writer)/\(number)"
            try Folder.create(folder)
            try AtomicFile.write(try Sample.results("w\(writer) n\(number)").json(), to: "\(folder)/results.json")
            try store.add(try Sample.reader.read("\(folder)/results.json"), path: "\(folder)/results.json")
          }
        }
      }
      try await group.waitForAll()
    }
    let store = try place.store()
    #expect(try store.counts() == [.results: 100] && store.verify() == [])
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
