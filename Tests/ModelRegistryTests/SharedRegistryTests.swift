import HTTPTestServer
import ModelRegistry
import Results
import SafeFiles
import Testing

struct SharedRegistryTests {
  private func filled(_ place: Place) throws -> RegistryStore {
    let store = try place.store("mine")
    try place.add(try place.write("a/results.json", try Sample.results("a", weights: Sample.identity).json()), to: store, tags: ["paper"])
    try place.add(try place.write("w.safetensors", "weights"), to: store)
    try place.add(try place.write("m.card.md", Sample.card), to: store)
    return store
  }

  @Test func whatIsPushedIsPulled() throws {
    let place = try Place()
    let mine = try filled(place)
    let shared = SharedRegistry("\(place.path)/shared/")
    let pushed = try shared.push(try mine.search(RegistryQuery()), from: mine)
    #expect(pushed.new.count == 3 && pushed.known == 0 && pushed.failures.isEmpty)
    #expect(try shared.push(try mine.search(RegistryQuery()), from: mine).known == 3)
    let other = try place.store("other")
    let pulled = try shared.pull(into: other, reader: Sample.reader)
    #expect(pulled.new.count == 3 && pulled.failures.isEmpty)
    let again = try shared.pull(into: other, reader: Sample.reader)
    #expect(again.new.isEmpty && again.known == 3)
    let result = try other.record("a")
    #expect(result.tags == ["paper"] && result.isStored && result.path == nil)
    #expect(try other.verify() == [])
    let provenance = try Provenance(result, in: other)
    #expect(provenance.weights.map(\.hash) == [Sample.identity] && provenance.weights.first?.record?.record.kind == .weights)
    #expect(provenance.manifest == String(repeating: "ab", count: 32))
    let weights = try Provenance(try #require(provenance.weights.first?.record), in: other)
    #expect(weights.measurements.map(\.record.name) == ["a"])
  }

  @Test func overHTTP() throws {
    let place = try Place()
    let mine = try filled(place)
    _ = try SharedRegistry("\(place.path)/shared").push(try mine.search(RegistryQuery()), from: mine)
    let folder = "\(place.path)/shared"
    let server = try MisbehavingServer { request, _ in
      guard let bytes = try? FileBytes.read("\(folder)/\(request.path)") else { return .init("404 Not Found") }
      return .init("200 OK", body: bytes)
    }
    let remote = SharedRegistry(String(server.address("").dropLast()))
    let other = try place.store("other")
    #expect(remote.isRemote)
    #expect(try remote.pull(into: other, reader: Sample.reader, wanted: { $0.kind != .weights }).new.count == 2)
    #expect(try other.verify() == [] && other.counts() == [.results: 1, .card: 1])
    #expect { try remote.push([], from: mine) } throws: { "\($0)".contains("only a folder can be written to") }
  }

  @Test func whatIsDamagedIsNotTaken() throws {
    let place = try Place()
    let mine = try filled(place)
    let shared = SharedRegistry("\(place.path)/shared")
    _ = try shared.push(try mine.search(RegistryQuery()), from: mine)
    let hash = try mine.record("a").record.hash
    try AtomicFile.write("{}", to: "\(place.path)/shared/objects/\(hash.prefix(2))/\(hash)")
    let other = try place.store("other")
    let pulled = try shared.pull(into: other, reader: Sample.reader)
    #expect(pulled.new.count == 2 && pulled.failures.count == 1 && pulled.failures[0].contains("its SHA-256 is"))
    #expect(try other.verify() == [])
  }

  @Test(arguments: [
    ("", "is not of the form"), ("{}", "is not of the form"), (#"{"schema": "other/1", "entries": []}"#, "is of the form 'other/1'"),
    (
      #"{"schema": "benchpresso.registry/1", "entries": [{"hash": "../../etc", "kind": "card", "name": "x", "file": "x", "size": 1, "tags": []}]}"#,
      "has an entry with the hash '../../etc'"
    ),
  ])
  func indexesThatAreNone(text: String, sentence: String) throws {
    let place = try Place()
    try place.write("shared/index.json", text)
    let store = try place.store()
    #expect { try SharedRegistry("\(place.path)/shared").pull(into: store, reader: Sample.reader) } throws: { "\($0)".contains(sentence) }
    #expect { try SharedRegistry("\(place.path)/absent").pull(into: store, reader: Sample.reader) } throws: {
      "\($0)".contains("absent/index.json")
    }
  }

  @Test func theFileOfARecordMayBeGone() throws {
    let place = try Place()
    let mine = try filled(place)
    try FileRemoval.remove("\(place.path)/w.safetensors")
    try AtomicFile.write("damaged", to: mine.object(try mine.record("small factorized prior").record.hash))
    let outcome = try SharedRegistry("\(place.path)/shared").push(try mine.search(RegistryQuery()), from: mine)
    #expect(outcome.new.count == 1 && outcome.failures.count == 2 && outcome.failures.allSatisfy { $0.contains("is gone or has changed") })
  }
}
