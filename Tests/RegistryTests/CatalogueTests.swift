import Configuration
import Registry
import Testing

private func entry<Kind: ComponentKind>(_ kind: Kind.Type, _ path: String, aliases: [String] = []) -> Entry {
  Entry(kind, path, aliases: aliases, summary: "For a test.", settings: NoSettings.self) { _, _ in 0 }
}

private func message(of entries: [Entry]) -> String? {
  do {
    _ = try Catalogue(entries)
    return nil
  } catch {
    return "\(error)"
  }
}

@Suite struct CatalogueTests {
  @Test func duplicatesAndWrongSectionsAreRefused() {
    #expect(
      message(of: [entry(LossKind.self, "loss.A", aliases: ["x.A"]), entry(LossKind.self, "loss.B", aliases: ["x.A"])])
        == "the name 'x.A' stands for both 'loss.A' and 'loss.B'; give one of them another class path or alias")
    #expect(
      message(of: [entry(LossKind.self, "loss.A"), entry(LossKind.self, "loss.A")])
        == "the name 'loss.A' stands for both 'loss.A' and 'loss.A'; give one of them another class path or alias")
    #expect(
      message(of: [entry(OptimizerKind.self, "loss.A")])
        == "the class path 'loss.A' is that of an optimizer and has to start with 'optimizer.'")
    #expect(message(of: Fixture.entries) == nil)
  }

  @Test func lookingUp() throws {
    let catalogue = try Fixture.catalogue()
    #expect(catalogue.names(of: NonlinearityKind.self) == ["nonlinearity.GDN", "nonlinearity.Identity"])
    #expect(catalogue.entry("activations.GeneralizedDivisiveNormalization")?.classPath == "nonlinearity.GDN")
    #expect(catalogue.entry("GDN") == nil)
    #expect(catalogue.entry("nonlinearity.GDN")?.argumentNames == ["channels", "inverse", "beta_min", "gamma_init"])
    #expect(catalogue.entry("nonlinearity.GDN")?.settings.map(\.type) == ["an integer", "true or false", "a number", "a number"])
  }

  @Test func ambiguousShortNamesAreRefused() throws {
    let catalogue = try Catalogue([entry(DatasetKind.self, "datasets.a.Set"), entry(DatasetKind.self, "datasets.b.Set")])
    do {
      _ = try catalogue.resolve(Component<DatasetKind>("Set"))
      Issue.record("no error")
    } catch {
      #expect("\(error)" == "'Set' could be 'datasets.a.Set' or 'datasets.b.Set'; write the whole class path")
    }
  }

  @Test func mergeRulesKnowAliasesAndArguments() throws {
    let rules = try Fixture.catalogue().mergeRules
    let base = try ConfigurationFile.parse("a: {class_path: GDN, init_args: {channels: 3, inverse: true}}", source: "a.yaml")
    var log = MergeLog()
    let same = base.merging(["a": "activations.GeneralizedDivisiveNormalization"], rules: rules, log: &log)
    #expect(same["a"]?["init_args"] == ["channels": 3, "inverse": true])
    let other = base.merging(["a": "networks.Encoder"], rules: rules, log: &log)
    #expect(other["a"]?["init_args"] == ["channels": 3])
    #expect(
      log.notes.map(\.sentence) == [
        "the class changes from 'GDN' (a.yaml:1) to 'networks.Encoder'; dropped arguments of the old class: inverse; kept: channels"
      ])
  }
}
