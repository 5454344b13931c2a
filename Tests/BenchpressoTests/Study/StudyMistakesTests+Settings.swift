extension StudyMistakesTests {
  /// Mistakes in what a study is made of.
  static let inSettings: [Mistake] = [
    Mistake(
      "unknown key", [6: "variation: {}"],
      "m.yaml:6:1: variation: there is no such key; did you mean 'variations'? A study has study, schema, description, "
        + "baseline, base, seeds, stages, metrics, checkpoint, compare, output, launcher, vars, set, variations, grid, "
        + "shorthand, rates, datasets, anchors, test, timing, skip, only"),
    Mistake(
      "wrong type", [6: "seeds: yes please"],
      "m.yaml:6:8: seeds: expected a list, found the text 'yes please'; write it in brackets or with a '-' before each "
        + "element"),
    Mistake(
      "no name", [1: "study: a b"],
      "m.yaml:1:8: study: the study needs a name of letters, digits, '-' and '_', found 'a b'"),
    Mistake(
      "schema", [6: "schema: 2"],
      "m.yaml:6:9: schema: this program reads schema 1, found 2"),
    Mistake(
      "seeds", [6: "seeds: [1, 1]"],
      "m.yaml:6:8: seeds: expected different whole numbers from 0 on, found [1, 1]"),
    Mistake(
      "stages", [6: "stages: [train]"],
      "m.yaml:6:9: stages: expected fit, test or both, found train"),
    Mistake(
      "missing base", [2: "base: [bose.yaml]"],
      "m.yaml:2:8: base: there is no file 'bose.yaml' ('bose.yaml' is taken relative to the study file)"),
    Mistake(
      "base number", [2: "base: [3]"],
      "m.yaml:2:8: base: expected the name of a file, found 3"),
    Mistake(
      "no model", [2: ""],
      "m.yaml:3:14: fit needs data; name files that have it under 'base' of the study or of the variation",
      "m.yaml:3:23: fit needs data; name files that have it under 'base' of the study or of the variation"),
    Mistake(
      "rates order", [4: "rates: {values: {q1: 0.01, q2: 0.005}}"],
      "m.yaml:4:17: rates.values: the values have to rise, but q2 (0.005) does not lie above q1 (0.01)"),
    Mistake(
      "rates label", [4: "rates: {values: {q1: 0.01, high: 0.02}}"],
      "m.yaml:4:17: rates.values.high: labels are q1, q2, …, found 'high'"),
    Mistake(
      "rates key", [4: "rates: {key: model.lamda, values: {q1: 0.01, q2: 0.02}}"],
      "m.yaml:4:35: model.init_args.lamda: models.FactorizedPrior has no argument 'lamda'; it takes channels, "
        + "expansion_channels, activation, encoder, decoder, entropy_bottleneck, quantizer, rate_control, "
        + "rate_distortion_function"),
    Mistake(
      "rates metric", [4: "rates: {loss_metric: ms_ssim, values: {q1: 0.01, q2: 0.02}}"],
      "m.yaml:4:39: rates.loss_metric: the rates are meant for 'ms_ssim', but the loss of the model has loss_metric "
        + "'mse'; use the rates of that metric"),
    Mistake(
      "rates text", [4: "rates: low.yaml"],
      "m.yaml:4:8: rates: there is no file 'low.yaml' ('low.yaml' is taken relative to the study file)"),
    Mistake(
      "rates list", [4: "rates: [0.01, 0.02]"],
      "m.yaml:4:8: rates: expected {values: {q1: 0.0018, q2: 0.0035}} or the name of a file, found a list"),
    Mistake(
      "rates unknown", [4: "rates: {vals: 3, values: {q1: 0.01, q2: 0.02}}"],
      "m.yaml:4:9: rates.vals: there is no such key; did you mean 'values'? A list of rates has loss_metric, key, "
        + "values, warm_start"),
    Mistake(
      "warm", [4: "rates: {values: {q1: 0.01, q2: 0.02}, warm_start: {from: above}}"],
      "m.yaml:4:51: rates.warm_start: expected {from: higher} (the highest rate is trained first) or {from: lower}, "
        + "found {from: above}"),
    Mistake(
      "warm key", [4: "rates: {values: {q1: 0.01, q2: 0.02}, warm_start: {from: higher, trainer.max_stepss: 3}}"],
      "m.yaml:4:86: trainer.max_stepss: unknown key 'max_stepss'; did you mean 'max_steps'? Valid keys: "
        + "\(MistakesInSettings.trainer)"),
    Mistake(
      "test alone", [6: "stages: [test]"],
      "m.yaml:3:14: variations.gdn: tests without trainings need weights: add fit to 'stages', or name them as ckpt_path "
        + "of the variation",
      "m.yaml:3:23: variations.relu: tests without trainings need weights: add fit to 'stages', or name them as "
        + "ckpt_path of the variation"),
    Mistake(
      "empty", text: "",
      "m.yaml: study: the study needs a name of letters, digits, '-' and '_', found ''",
      "m.yaml: variations: a study needs 'variations' (a map of names) or a 'grid'; 'variations: {base: {}}' is the base "
        + "alone",
      "m.yaml: datasets: tests need pictures, for example datasets: {kodak: {data: {class_path: datasets.Kodak, "
        + "init_args: {data_dir: …}}}}"),
    Mistake(
      "text", text: "hello\n",
      "m.yaml:1:1: a configuration is a map of settings such as 'model: …', found the text 'hello'"),
    Mistake(
      "yaml", text: "study: [\n",
      "m.yaml:2:1: not valid YAML: did not find the expected node content (while parsing a flow node that starts at line 2)"),
    Mistake(
      "vars", [6: "vars: 3"],
      "m.yaml:6:7: vars: expected a map of names, found 3"),
  ]
}
