/// A checkpoint as torch.save writes it since PyTorch 1.6: a zip archive with one folder that holds `data.pkl`, the pickle,
/// `data/<key>`, the bytes of each storage, and small records, `byteorder` among them.
struct ZipCheckpoint {
  private let archive: ZipArchive
  private let folder: String
  private let checksAreMade: Bool

  init(_ bytes: [UInt8], checksAreMade: Bool) throws(WeightsProblem) {
    archive = try ZipArchive(bytes)
    self.checksAreMade = checksAreMade
    let pickles = archive.names.filter { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }
    guard let pickle = pickles.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) else { throw .missingEntry("data.pkl") }
    folder = String(pickle.dropLast("data.pkl".count))
    if archive.holds("\(folder)constants.pkl") { throw .compiledProgram }
  }

  func tensors() throws(WeightsProblem) -> StoredTensors {
    if archive.holds("\(folder)byteorder") {
      guard try archive.contents(of: "\(folder)byteorder", isChecked: checksAreMade).elementsEqual("little".utf8) else { throw .bigEndian }
    }
    let pickle = try archive.contents(of: "\(folder)data.pkl", isChecked: checksAreMade)
    var machine = PickleMachine(ByteReader([UInt8](pickle), part: "the pickle 'data.pkl'"))
    let root = try machine.run()
    var storages = StorageTable(limit: archive.byteCount) { [archive, folder, checksAreMade] (storage) throws(WeightsProblem) in
      try archive.contents(of: "\(folder)data/\(storage.key)", isChecked: checksAreMade)
    }
    return try TorchCheckpoint.tensors(root: root, heap: machine.heap, storages: &storages)
  }
}
