import ArgumentParser
import EntropyCoding

/// The option that says how the symbols of streams are divided among coders.
struct StreamFormOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How streams are written: compatible, as by CompressAI, or interleaved, by four coders that take turns, which is decoded sooner and by this program alone. Both are decoded without an option.",
      valueName: "form"))
  var streamForm = StreamFormArgument(value: .compatible)
}

/// A form of streams on the command line.
struct StreamFormArgument: ExpressibleByArgument {
  let value: StreamForm

  init(value: StreamForm) { self.value = value }

  /// Reads the name of a form; nil for anything else.
  init?(argument: String) {
    guard let value = StreamForm(rawValue: argument) else { return nil }
    self.value = value
  }

  static var allValueStrings: [String] { StreamForm.allCases.map(\.rawValue) }
  var defaultValueDescription: String { value.rawValue }
}
