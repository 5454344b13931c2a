import Foundation
import SafeFiles
import Testing

@testable import Weights

struct TorchScriptFileTests {
  @Test func programsAreKnown() throws {
    let file = try TorchScriptFile(Fixture.path("torchscript/encoder.pt"))
    #expect(try Hash.hexadecimal(file.sha256) == WeightsFile.sha256(of: file.path))
    #expect(try file.bytes == Fixture.bytes("torchscript/encoder.pt"))
  }

  @Test(arguments: [
    ("torchscript/state-dict.pth", "is no TorchScript file but a checkpoint: weights without the network; write one with torch.jit.trace"),
    ("checkpoints/legacy-training.pth.tar", "but a checkpoint: weights without the network"),
    ("checkpoints/whole-model.pth", "but a checkpoint: weights without the network"),
    ("compressai/bmshj2018-factorized/weights.safetensors", "but a safetensors file"),
    ("torchscript/README.md", "README.md' is no TorchScript file; write one"),
    ("torchscript/absent.pt", "absent.pt': no such file or folder"),
    ("torchscript", "torchscript': it is a folder, and a file is needed here"),
  ])
  func otherFilesAreToldApart(file: String, words: String) {
    let error = #expect(throws: TorchScriptFileError.self) { try TorchScriptFile(Fixture.path(file)) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  /// libtorch passes over the checksums of the archive, so a damaged weight would go unseen.
  @Test(arguments: [400, 2000, 3333]) func damagedWeightsAreRefused(place: Int) throws {
    var bytes = try Fixture.bytes("torchscript/hyper-analysis.pt")
    bytes[place] ^= 0x10
    let path = FileManager.default.temporaryDirectory.appending(path: "TorchScriptFileTests-\(UUID().uuidString).pt").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try AtomicFile.write(bytes, to: path)
    let error = #expect(throws: TorchScriptFileError.self) { try TorchScriptFile(path) }
    #expect(error?.description.contains("cannot read the TorchScript file '\(path)': ") == true, "\(String(describing: error))")
    #expect(error?.description.contains("checksum") == true, "\(String(describing: error))")
  }

  /// Weights of this program keep the names that a network of others has, though they look old.
  @Test func ownFilesKeepTheirNames() throws {
    let tensor = StoredTensor([1, 2] as [Float], shape: [2])
    let named = [(name: "entropy_bottleneck.quantiles", tensor: tensor), (name: "g_a.downsample.0.weight", tensor: tensor)]
    func read(_ metadata: [String: String]) throws -> [String] {
      try WeightsFile.decode(SafeTensors.encode(StoredTensors(named, metadata: metadata)), name: "a").names
    }
    #expect(try read(["benchpresso.format": "benchpresso.weights/1"]) == named.map(\.name))
    #expect(try read([:]) == ["entropy_bottleneck.quantiles", "g_a.skip.0.weight"])
  }
}
