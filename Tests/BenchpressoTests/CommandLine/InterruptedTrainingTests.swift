import Testing

/// A training that Ctrl-C, kill -9 and SIGTERM interrupt ends with the bytes of one that nothing does.
struct InterruptedTrainingTests {
  @Test func theScript() throws {
    let folder = try TestFolder()
    var script = Command(["--steps", "16", "--program", Command.program, "--keep", "\(folder.path)/runs"], in: folder)
    script.program = "\(ConfigurationFilesTests.root)/scripts/interrupted-training"
    let result = try script.run()
    #expect(result.status == 0, "\(result)")
    #expect(result.output.hasSuffix("last.ckpt: the same bytes\nbest.ckpt: the same bytes\n"), "\(result)")
  }
}
