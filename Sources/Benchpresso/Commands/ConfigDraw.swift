import ArgumentParser
import Models
import Registry
import Reporting
import SafeFiles

/// Draws the model that a command line means.
struct ConfigDraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draw", abstract: "Draw the model of a configuration: layers, shapes, what is coded.",
    discussion: """
        benchpresso config draw --config configs/thesis/variants/mshp_gdn_fit_q1_mse.yaml --to mshp_gdn.svg

      Takes what the stages take: --config, settings by their path, environment variables. Layers and shapes are those of the model itself in a
      forward pass of one picture. The file ends in .svg, .png or .pdf.
      """)

  @OptionGroup var options: StageOptions
  @Option(help: ArgumentHelp("The file that is written.", valueName: "file")) var to: String

  func run() throws {
    try Failure.reported {
      try PlotFile.check(to, option: "--to")
      let catalogue = try Program.catalogue()
      let file = try ExperimentFile(
        options.configuration().request(stage: "fit", environment: ProcessEnvironment.settings), catalogue: catalogue)
      for note in file.notes { Console.note("note: \(note)") }
      let component = file.experiment.model
      guard !component.classPath.isEmpty else { throw UsageError.needs("there is no model to draw; name one with --config or --model") }
      let plan: ModelPlan = try catalogue.build(component)
      let diagram = try ModelDiagram.diagram(of: try plan.build(seed: 0), title: component.classPath)
      try PlotFile.write(to, option: "--to") { svg, png in try diagram.write(svg: svg, png: png) }
      Console.result(to)
    }
  }
}
