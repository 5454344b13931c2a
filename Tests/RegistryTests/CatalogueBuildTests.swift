import Configuration
import Registry
import Testing

@Suite struct CatalogueBuildTests {
  @Test func buildsNestedComponentsAnewEachTime() throws {
    let settings = try Fixture.run("model: {init_args: {encoder: {init_args: {channels: 32}}}}")
    let encoder = try Fixture.catalogue().build(settings.model, as: TestEncoder.self)
    #expect(encoder.settings.channels == 32)
    #expect(encoder.activations.map(\.channels) == [32, 32, 32])
    let objects = encoder.activations.compactMap { $0 as? TestGDN }
    #expect(Set(objects.map(ObjectIdentifier.init)).count == 3)
  }

  @Test func suggestionsGiveWayToWhatWasWrittenAndToWhatIsNotTaken() throws {
    let settings = try Fixture.run("model: {init_args: {encoder: {init_args: {activation: {class_path: GDN, init_args: {channels: 7}}}}}}")
    #expect(try Fixture.catalogue().build(settings.model, as: TestEncoder.self).activations.map(\.channels) == [7, 7, 7])
    let plain = try Fixture.run("model: {init_args: {encoder: {init_args: {activation: Identity}}}}")
    #expect(try Fixture.catalogue().build(plain.model, as: TestEncoder.self).activations.map(\.channels) == [0, 0, 0])
  }

  @Test func failuresInMakingNameTheirPlace() throws {
    let settings = try Fixture.run("model:\n  init_args:\n    encoder:\n      init_args: {channels: 3}\n")
    do {
      _ = try Fixture.catalogue().build(settings.model, as: TestEncoder.self)
      Issue.record("no error")
    } catch {
      #expect("\(error)" == "a.yaml:4:7: model.init_args.encoder: networks.Encoder: channels must be even, found 3")
    }
  }

  @Test func wrongProductsAreMistakesOfTheEntry() throws {
    do {
      _ = try Fixture.catalogue().build(Component<DatasetKind>("datasets.Kodak"), as: String.self)
      Issue.record("no error")
    } catch {
      #expect("\(error)" == "datasets.Kodak does not make a String; this is a mistake in its entry")
    }
  }

  @Test func componentsThatWereNotDecodedAreChecked() throws {
    do {
      _ = try Fixture.catalogue().build(Component<NonlinearityKind>("nonlinearity.GDN", ["chanels": 3]), as: (any Activation).self)
      Issue.record("no error")
    } catch {
      let expected =
        "init_args.chanels: nonlinearity.GDN has no argument 'chanels'; did you mean 'channels'? It takes channels, inverse, beta_min, gamma_init"
      #expect("\(error)" == expected)
    }
  }

  @Test func resolvingFillsInEverything() throws {
    let component = Component<NetworkKind>("google_encoder_decoder.FactorizedPriorEncoder", ["channels": 32])
    let expected: Node = [
      "class_path": "networks.Encoder",
      "init_args": [
        "channels": 32, "latent_channels": 192,
        "activation": [
          "class_path": "nonlinearity.GDN", "init_args": ["channels": .null, "inverse": false, "beta_min": 1e-6, "gamma_init": 0.1],
        ],
      ],
    ]
    #expect(try Fixture.catalogue().resolve(component) == expected)
  }
}
