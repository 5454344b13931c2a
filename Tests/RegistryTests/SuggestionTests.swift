import Configuration
import Registry
import Testing

/// Where arguments come from, through several levels of components.
struct SuggestionTests {
  struct Leaf: Settings {
    var width: Int?
  }

  struct Middle: Settings {
    var channels: Int?
    var leaf = Component<NonlinearityKind>("nonlinearity.Leaf")
  }

  struct Top: Settings {
    var channels = 3
    var middle = Component<NetworkKind>("networks.Middle")
  }

  static let entries = [
    Entry(NonlinearityKind.self, "nonlinearity.Leaf", summary: "A leaf.", settings: Leaf.self) { _, context in
      try context.number("width")
    },
    Entry(NetworkKind.self, "networks.Middle", summary: "Between.", settings: Middle.self) { settings, context -> StatedNumber in
      try context.build(settings.leaf, suggesting: ["width": context.suggestion("channels")])
    },
    Entry(ModelKind.self, "models.Top", summary: "The top.", settings: Top.self) { settings, context -> StatedNumber in
      try context.build(settings.middle, suggesting: ["channels": context.suggestion("channels")])
    },
  ]

  struct Run: Settings {
    var model = Component<ModelKind>("models.Top")
  }

  private func number(_ arguments: String) throws -> StatedNumber {
    let catalogue = try Catalogue(Self.entries)
    let tree = try ConfigurationFile.parse("model: {class_path: models.Top, init_args: \(arguments)}", source: "a.yaml")
    return try catalogue.build(try SettingsDecoder.decode(Run.self, from: tree, components: catalogue).model)
  }

  @Test(arguments: [
    ("{}", 3, "model.init_args.channels"), ("{channels: 5}", 5, "model.init_args.channels"),
    ("{middle: {init_args: {channels: 6}}}", 6, "model.init_args.middle.init_args.channels"),
    ("{middle: {init_args: {leaf: {init_args: {width: 7}}}}}", 7, "model.init_args.middle.init_args.leaf.init_args.width"),
  ])
  func theOriginIsTheSettingThatSaysIt(arguments: String, value: Int, path: String) throws {
    let number = try number(arguments)
    #expect(number.value == value && number.path == path && number.origin == " (\(path))")
    #expect(number.mark.isDefault == (arguments == "{}"))
  }

  @Test func aNumberThatNobodySays() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Catalogue(Self.entries).build(Component<NonlinearityKind>("nonlinearity.Leaf"), as: StatedNumber.self)
    }
    #expect("\(error)" == "init_args.width: is not known here, expected an integer; write it down")
    #expect(StatedNumber(3).origin.isEmpty)
  }
}
