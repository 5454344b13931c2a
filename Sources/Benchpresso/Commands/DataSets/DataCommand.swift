import ArgumentParser

/// Getting, checking and packing data sets.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, fetch, check and pack data sets.",
    discussion: """
        benchpresso data list
        benchpresso data download kodak
        benchpresso data verify kodak
        benchpresso data pack data/flicker_2W_images --crop 256 -o data/train.pack
      """,
    subcommands: [DataList.self, DataDownload.self, DataVerify.self, DataManifest.self, DataPack.self])
}
