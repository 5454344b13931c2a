import ArgumentParser
import ModelRegistry

/// The registry of models and results.
struct RegistryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registry", abstract: "Keep models, results and cards; find them; share them.",
    discussion: """
        benchpresso registry add runs weights/mine.safetensors
        benchpresso registry search hyperprior --where 'psnr>=32' --where 'bpp<0.5'
        benchpresso registry show 3f9a
        benchpresso registry push /shared/registry

      Files are known by their SHA-256. The registry lies in ~/.local/share/benchpresso/registry; BENCHPRESSO_REGISTRY names another folder.
      """,
    subcommands: [
      RegistryAdd.self, RegistryList.self, RegistrySearch.self, RegistryShow.self, RegistryTag.self, RegistryRemove.self,
      RegistryVerify.self,
      RegistryCard.self, RegistryPush.self, RegistryPull.self, RegistryExport.self, RegistryImport.self,
    ])
}

/// The option that all commands of the registry share.
struct RegistryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the registry.", valueName: "folder")) var registry: String?

  /// Where it lies.
  var folder: String { registry ?? ProcessEnvironment.registryFolder }

  /// Opens the registry.
  func store() throws -> RegistryStore { try RegistryStore(folder: folder) }
}

/// Writes records as a table or as JSON.
struct RecordListing {
  let records: [StoredRecord]

  func show(_ format: OutputFormat) throws {
    guard format == .text else { return Console.result(try JSONOutput.text(records.map { RecordReport($0) })) }
    guard !records.isEmpty else { return Console.note("nothing found") }
    Console.result(RecordReport.table(records))
  }
}
