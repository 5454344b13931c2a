import ArgumentParser

/// The site.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Write a site: registry, components, papers.",
    discussion: """
        benchpresso site build -o site
        benchpresso site build --registry /shared/results -o site --format json

      'benchpresso serve' shows the same site with results that are added meanwhile.
      """,
    subcommands: [SiteBuild.self])
}

/// What `site build` and `serve` have in common.
struct SiteOptions: ParsableArguments {
  @OptionGroup var registry: RegistryOptions
  @Option(
    help: ArgumentHelp(
      "A published curve that results on its data set are compared with, repeatable; without it BPG 4:4:4 on Kodak and CLIC 2020.",
      valueName: "published:NAME"))
  var anchor: [String] = []
}
