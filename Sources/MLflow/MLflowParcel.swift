/// Something that a server shall get, in the form in which it waits on the disk while the server is away.
enum MLflowParcel: Codable, Sendable, Equatable {
  case batch(MLflowBatch)
  case file(path: String, name: String)
  case status(MLflowServer.Status, endTime: Int?)

  /// Sends it.
  func send(to server: MLflowServer, run: MLflowServer.Run) throws(MLflowError) {
    switch self {
    case .batch(let batch): try server.log(batch, run: run)
    case .file(let path, let name): try server.upload(file: path, name: name, run: run)
    case .status(let status, let endTime): try server.update(run, status: status, endTime: endTime)
    }
  }

  /// The same in fewer parcels: batches that follow each other become one.
  static func joined(_ parcels: [MLflowParcel]) -> [MLflowParcel] {
    parcels.reduce(into: []) { joined, parcel in
      if case .batch(let next) = parcel, case .batch(var last)? = joined.last {
        last.append(next)
        joined[joined.count - 1] = .batch(last)
      } else {
        joined.append(parcel)
      }
    }
  }
}
