import ArgumentParser
import Datasets
import Reporting

/// Names the data sets that are known.
struct DataList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the known data sets: where they are looked for, whether they are there, how to get them.")

  @Argument(help: ArgumentHelp("Only these sets, with all that is known of them.", valueName: "set")) var names: [String] = []
  @Option(help: "How the result is printed.") var format = OutputFormat.text

  func run() throws {
    try Failure.reported {
      let sets = names.isEmpty ? KnownDataset.all : try names.map { try DataTarget.set($0) }
      let reports = sets.map { DatasetReport($0) }
      switch format {
      case .json: Console.result(try JSONOutput.text(reports))
      case .text where names.isEmpty:
        var table = TextTable([
          TextTable.Column("set", .left), TextTable.Column("component", .left), TextTable.Column("folder", .left),
          TextTable.Column("state", .left), TextTable.Column("", .left),
        ])
        for report in reports { table.append([report.name, report.component, report.folder, report.state, report.getting]) }
        Console.result(table.text(.plain))
        Console.note("'benchpresso data list SET' tells more")
      case .text: Console.result(reports.map(\.text).joined(separator: "\n\n"))
      }
    }
  }
}
