extension StudyMistakesTests {
  /// Mistakes in variations, grids and cells that are left out.
  static let inVariations: [Mistake] = [
    Mistake(
      "no variations", [3: ""],
      "m.yaml:1:1: variations: a study needs 'variations' (a map of names) or a 'grid'; 'variations: {base: {}}' is the "
        + "base alone"),
    Mistake(
      "variations list", [3: "variations: [gdn]"],
      "m.yaml:3:13: variations: expected a map of names, found a list"),
    Mistake(
      "variation name", [3: "variations: {\"g d\": {}, relu: {model.activation: nonlinearity.ReLU}}"],
      "m.yaml:3:14: variations.g d: names have letters, digits, '-' and '_', found 'g d'"),
    Mistake(
      "variation setting", [3: "variations: {gdn: {}, relu: {model.activatoin: nonlinearity.ReLU}}"],
      "m.yaml:3:48: model.init_args.activatoin: models.FactorizedPrior has no argument 'activatoin'; did you mean "
        + "'activation'? It takes channels, expansion_channels, activation, encoder, decoder, entropy_bottleneck, quantizer, "
        + "rate_control, rate_distortion_function"),
    Mistake(
      "variation class", [3: "variations: {gdn: {}, relu: {model.activation: nonlinearity.Relux}}"],
      "m.yaml:3:48: model.init_args.activation: there is no nonlinearity 'nonlinearity.Relux'; did you mean "
        + "'nonlinearity.ReLU'? \(known("nonlinearity"))"),
    Mistake(
      "variation value", [3: "variations: {gdn: {model.channels: many}, relu: {model.activation: nonlinearity.ReLU}}"],
      "m.yaml:3:36: model.init_args.channels: expected an integer, found the text 'many'"),
    Mistake(
      "same", [3: "variations: {gdn: {model.activation: nonlinearity.GDN}, gdn2: {}, relu: {model.activation: nonlinearity.ReLU}}"],
      "m.yaml:3:57: variations.gdn2: 'gdn' and 'gdn2' are the same configuration; let one of them differ, or remove it"),
    Mistake(
      "skip", [6: "skip: [{variation: gnd}, {rate: q1}, {quality: q9}]"],
      "m.yaml:6:20: skip[0].variation: there is no variation 'gnd'; did you mean 'gdn'? There are gdn, relu",
      "m.yaml:6:27: skip[1].rate: there is no such key; a condition has variation, quality, seed, dataset",
      "m.yaml:6:48: skip[2].quality: there is no quality 'q9'; did you mean 'q1'? There are q1, q2"),
    Mistake(
      "all skipped", [6: "only: [{variation: gdn}]", 7: "skip: [{variation: gdn}]"],
      "m.yaml: nothing is left to do: 'skip' and 'only' leave out every cell"),
    Mistake(
      "grid axes", [6: "grid: {name: x}"],
      "m.yaml:6:7: grid.axes: a grid needs axes, for example axes: {activation: {gdn: {activation: GDN}, relu: "
        + "{activation: ReLU}}}"),
    Mistake(
      "grid key", [6: "grid: {axis: {}, axes: {a: {b: {}}}}"],
      "m.yaml:6:8: grid.axis: there is no such key; did you mean 'axes'? A grid has name, axes, zip, exclude"),
    Mistake(
      "grid name", [6: "grid: {name: \"{c}\", axes: {a: {b: {}}}}"],
      "m.yaml:6:14: grid.name: '{c}' is no name; write {axis} for a value of an axis, as in '{a}'"),
    Mistake(
      "grid zip", [6: "grid: {zip: [n, m], axes: {n: {a: {}, b: {}}, m: {c: {}}}}"],
      "m.yaml:6:13: grid.zip: axes that go forward together need as many values each: n has 2, m has 1"),
    Mistake(
      "grid exclude", [6: "grid: {exclude: [{n: c}], axes: {n: {a: {}, b: {}}}}"],
      "m.yaml:6:22: grid.exclude[0].n: there is no n 'c'; did you mean 'a'? There are a, b"),
    Mistake(
      "grid twice", [6: "grid: {axes: {a: {gdn: {}}}}"],
      "m.yaml:6:7: variations: two variations are called 'gdn'; give one of them another name"),
    Mistake(
      "shorthand", [6: "shorthand: {activation: {}}"],
      "m.yaml:6:13: shorthand.activation: expected the paths of settings, for example [model.encoder.activation], found {}"),
  ]
}
