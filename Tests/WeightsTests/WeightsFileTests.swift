import Foundation
import SafeFiles
import Testing

@testable import Weights

@Suite struct WeightsFileTests {
  @Test func writesAndReads() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "WeightsFileTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "old.safetensors").path
    let tensor = StoredTensor([1, 2] as [Float], shape: [2])
    try SafeTensors.write(StoredTensors([("entropy_bottleneck._bias0", tensor)], metadata: ["format": "pt"]), to: path)
    #expect(try WeightsFile.read(path) == StoredTensors([("entropy_bottleneck.biases.0", tensor)], metadata: ["format": "pt"]))
    #expect(try SafeTensors.read(path).names == ["entropy_bottleneck._bias0"])

    try AtomicFile.write("abc", to: path)
    #expect(try WeightsFile.sha256(of: path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let unwritable = folder.appending(path: "missing/x.safetensors").path
    let error = #expect(throws: WeightsError.self) { try SafeTensors.write(StoredTensors(), to: unwritable) }
    #expect(error?.description.contains("cannot write '\(unwritable)'") == true)
  }

  @Test func missingFilesAreNamed() {
    let error = #expect(throws: WeightsError.self) { try WeightsFile.read("/nowhere/x.pth") }
    #expect(error?.description.hasPrefix("cannot read '/nowhere/x.pth': ") == true)
  }

  @Test(arguments: [
    ("", "it is an empty file; give a safetensors file"), ("hello", "it is neither a safetensors file nor a PyTorch checkpoint"),
    ("<!DOCTYPE html>", "a web page, so the download failed"), ("version https://git-lfs.github.com/spec/v1", "git lfs pull"),
    ("\u{1f}", "it is neither"),
  ])
  func unknownFormats(text: String, sentence: String) {
    let error = #expect(throws: WeightsError.self) { try WeightsFile.decode([UInt8](text.utf8), name: "x.pth") }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("'x.pth'") == true)
  }

  @Test func formatsAreToldByTheirFirstBytes() throws {
    #expect(FileKind(SafeTensors.encode(StoredTensors())) == .safeTensors)
    #expect(FileKind(Build.zip([("a", [])])) == .zipCheckpoint)
    #expect(FileKind(try Fixture.bytes("checkpoints/legacy-views.pth")) == .legacyCheckpoint)
    #expect(FileKind([0x1f, 0x8b, 8]) == .other(looksLike: "a gzip archive that must be unpacked first"))
    #expect(FileKind([0x80, 4, 0x95]) == .other(looksLike: "a bare pickle that torch.save did not write"))
  }
}
