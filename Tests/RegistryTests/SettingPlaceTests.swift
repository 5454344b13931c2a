import Configuration
import Registry
import Testing

@Suite struct SettingPlaceTests {
  private static func place(_ path: String, _ yaml: String = "") throws -> SettingPlace? {
    let keys = path.split(separator: " ").map(String.init)
    return try Fixture.catalogue().place(keys, in: ConfigurationFile.parse(yaml, source: "a.yaml"), root: RunSettings.self)
  }

  static let component = SettingShape.component(kind: "callback")
  static let found: [(path: String, yaml: String, shape: SettingShape, owner: String?, classPath: String?)] = [
    ("", "", .settings, nil, nil), ("seed_everything", "", .value, nil, nil),
    ("model", "", .component(kind: "model"), nil, "models.FactorizedPrior"),
    ("model", "model: models.google_models.FactorizedPrior", .component(kind: "model"), nil, "models.FactorizedPrior"),
    ("model", "model: {class_path: FactorizedPrior}", .component(kind: "model"), nil, "models.FactorizedPrior"),
    ("model", "model: models.Absent", .component(kind: "model"), nil, nil), ("model class_path", "", .value, nil, nil),
    ("model init_args", "", .settings, "models.FactorizedPrior", nil), ("model lambda", "", .value, "models.FactorizedPrior", nil),
    ("model loss_metric", "", .choice, "models.FactorizedPrior", nil),
    ("model init_args encoder", "", .component(kind: "network"), "models.FactorizedPrior", "networks.Encoder"),
    ("model encoder", "", .component(kind: "network"), "models.FactorizedPrior", "networks.Encoder"),
    ("model encoder channels", "", .value, "networks.Encoder", nil),
    ("model init_args encoder init_args activation init_args inverse", "", .flag, "nonlinearity.GDN", nil),
    ("model encoder activation inverse", "", .flag, "nonlinearity.GDN", nil),
    (
      "model encoder activation", "model: {init_args: {encoder: {init_args: {activation: nonlinearity.Identity}}}}",
      .component(kind: "nonlinearity"), "networks.Encoder", "nonlinearity.Identity"
    ),
    ("data", "", .component(kind: "data set"), nil, nil), ("callbacks", "", .list(component), nil, nil),
    ("callbacks [0]", "", component, nil, nil),
    ("callbacks [0]", "callbacks: [ModelCheckpoint]", component, nil, "callbacks.ModelCheckpoint"),
    ("callbacks [ModelCheckpoint]", "callbacks: [callbacks.ModelCheckpoint]", component, nil, "callbacks.ModelCheckpoint"),
    ("callbacks [Other]", "callbacks: [callbacks.ModelCheckpoint]", component, nil, nil),
    ("callbacks channels", "callbacks: [callbacks.ModelCheckpoint]", .value, "callbacks.ModelCheckpoint", nil),
    ("callbacks channels", "callbacks+: [callbacks.ModelCheckpoint]", .value, "callbacks.ModelCheckpoint", nil),
    ("callbacks [0] activation beta_min", "callbacks: [callbacks.ModelCheckpoint]", .value, "nonlinearity.GDN", nil),
  ]

  @Test(arguments: found)
  func places(path: String, yaml: String, shape: SettingShape, owner: String?, classPath: String?) throws {
    let place = try #require(try Self.place(path, yaml))
    #expect(place.shape == shape && place.owner == owner && place.classPath == classPath)
  }

  @Test(arguments: [
    ("absent", ""), ("model absent", ""), ("model encoder absent", ""), ("seed_everything x", ""), ("data x", ""),
    ("model class_path x", ""),
    ("model encoder", "model: models.Absent"),
    ("model encoder activation inverse", "model: {init_args: {encoder: {init_args: {activation: Identity}}}}"),
    ("callbacks channels", ""), ("callbacks [0] channels", ""), ("model", "x"), ("init_args", ""), ("[0]", ""), ("model lambda x", ""),
    // of another kind
    ("model encoder", "model: datasets.Kodak"),
  ])
  func pathsOfNothing(path: String, yaml: String) throws {
    if yaml == "x" { return #expect(try Self.place("\(path) \(yaml)") == nil) }
    #expect(try Self.place(path, yaml) == nil)
  }

  @Test func whatIsBelow() throws {
    #expect(try Self.place("")?.children.map(\.key) == ["model", "data", "callbacks", "seed_everything"])
    #expect(try Self.place("model")?.children.map(\.key) == ["encoder", "prior", "loss_metric", "lambda"])
    #expect(try Self.place("model encoder init_args")?.children.map(\.key) == ["channels", "latent_channels", "activation"])
    #expect(try Self.place("model", "model: models.Absent")?.children.isEmpty == true)
    #expect(try Self.place("callbacks", "callbacks: [a.B, {class_path: c.D}, 3]")?.items == ["a.B", "c.D", ""])
    #expect(try Self.place("model loss_metric")?.description?.choices == ["mse", "ms_ssim"])
  }
}
