/// Mistakes in the words of a command line that are no settings.
enum MistakesInCommands {
  private typealias Mistake = ErrorMessagesTests.Mistake

  static let all: [ErrorMessagesTests.Mistake] = [
    Mistake(
      "unknown command", "fitt", "--config", "ok.yaml",
      says: """
        error: there is no command 'fitt'; did you mean 'fit'? Commands: codec, compare, completion, config, data, decode, describe, \
        doctor, encode, export, find, fit, help, import, inspect, list, measure, metrics, papers, predict, quickstart, registry, report, results, run, schema, \
        serve, site, study, taxonomy, test, train, validate, zoo
        """),
    Mistake(
      "no command", "--config", "ok.yaml",
      says: """
        error: name a command: codec, compare, completion, config, data, decode, describe, doctor, encode, export, find, fit, help, import, \
        inspect, list, measure, metrics, papers, predict, quickstart, registry, report, results, run, schema, serve, site, study, taxonomy, test, train, validate, \
        zoo; 'benchpresso --help' says what they do
        """),
    Mistake(
      "surplus word", "fit", "--config", "ok.yaml", "surplus",
      says: "error: unexpected 'surplus'; settings are written --path value, for example --trainer.max_steps 100"),
    Mistake("file without its option", "fit", "ok.yaml", says: "error: unexpected 'ok.yaml'; did you mean --config ok.yaml?"),
    Mistake(
      "the second of two files", "fit", "--config", "ok.yaml", "listing-6.6.1.yaml",
      says: "error: unexpected 'listing-6.6.1.yaml'; did you mean --config listing-6.6.1.yaml?"),
    Mistake(
      "a text that cannot be turned off", "fit", "--config", "ok.yaml", "--no-name",
      says: "error: --no-name: name: needs a value, expected a text"),
    Mistake("no value", "fit", "--config", says: "error: --config needs a value, for example --config FILE.yaml"),
    Mistake(
      "setting without a value", "fit", "--config", "ok.yaml", "--trainer.max_steps",
      says: "error: --trainer.max_steps: needs a value, expected an integer"),
    Mistake(
      "unknown flag of --print_config", "fit", "--print_config=comment",
      says: "error: --print_config: there is no 'comment'; did you mean 'comments'? Valid: comments, skip_null, skip_default"),
    Mistake(
      "unknown stage", "run", "--config", "ok.yaml", "--stage", "fit,tset",
      says: "error: --stage: there is no 'tset'; did you mean 'test'? Valid: all, fit, validate, test, predict"),
    Mistake(
      "a path that is none", "fit", "--config", "ok.yaml", "--trainer..max_steps", "3",
      says: """
        error: --trainer..max_steps: not a path of keys joined by dots such as 'model.channels' or \
        'trainer.callbacks[ModelCheckpoint].save_top_k'
        """),
    Mistake(
      "a report of an unknown curve", "report", "published:kodak/bpg_44", "-o", "out",
      says: "error: there is no published curve 'kodak/bpg_44'; did you mean 'kodak/bpg_444'? 'benchpresso results list' names all"),
    Mistake(
      "a report of a folder without results", files: ["somewhere/a.txt": ""], "report", "somewhere", "-o", "out",
      says: """
        error: there is no results.json, timing.json or plan.json (of a study) in the folder somewhere; name the file of the results
        """),
    Mistake(
      "a report against an unknown curve", "report", "published:kodak/webp", "--anchor", "bpg", "-o", "out",
      says: "error: --anchor: there is no curve 'bpg'; there are WebP"),
    Mistake(
      "a drawing of another kind", "config", "draw", "--config", "ok.yaml", "--to", "model.txt",
      says: "error: --to model.txt: the file's name must end in .svg, .png or .pdf"),
    Mistake(
      "unknown component", "describe", "Nope", says: "error: there is no component 'Nope'. 'benchpresso list' names all"),
    Mistake(
      "unknown kind", "list", "foo",
      says: """
        error: there is no kind 'foo'. Kinds: blocks, callbacks, codecs, context, datasets, loggers, loss, metrics, models, networks, \
        nonlinearity, optimizer, prior, quantizer, rate_control, scheduler, side_information, transform
        """),
    Mistake(
      "unknown part of the taxonomy", "taxonomy", "show", "Chekerboard",
      says: """
        error: there is no 'Chekerboard' in the taxonomy; did you mean 'Context Models/Parallel Decoding/Checkerboard'? 'benchpresso \
        taxonomy' shows all of it
        """),
    Mistake(
      "two parts of the taxonomy", "papers", "--category", "unified",
      says: """
        error: 'unified' could be 'Quantization/Vector Quantization/Variational Vector Quantization/Unified Multivariate Gaussian \
        Mixture' or 'Hierarchical Priors/Global Context Modeling/Joint Priors/Unified Multivariate Gaussian Mixture'; write more of the path
        """),
    Mistake(
      "no level of the taxonomy", "taxonomy", "--depth", "0", says: "error: --depth must be at least 1, found 0"),
    Mistake(
      "unknown publication", "papers", "show", "minnen2018",
      says: "error: there is no publication 'minnen2018'; did you mean 'minnen2018joint'? 'benchpresso papers' lists all"),
    Mistake(
      "unknown order of publications", "papers", "--sort", "titel",
      says: "error: --sort: there is no 'titel'; did you mean 'title'? Valid: year, title, author, key, reference"),
    Mistake(
      "years that are none", "taxonomy", "trends", "--year", "2023..2020",
      says: "error: --year: expected years such as 2020..2023, 2020, 2020.. or ..2016, found '2023..2020'"),
    Mistake(
      "a part of the coverage as JSON", "taxonomy", "coverage", "--category", "Quantization", "--format", "json",
      says: "error: --format json gives all of it; leave out --category and --missing"),
    Mistake(
      "missing checkpoint", "test", "--config", "ok.yaml", "--ckpt_path", "a.ckpt",
      says: "error: --ckpt_path: there is no file 'a.ckpt' (no such file or folder)"),
    Mistake(
      "a folder as checkpoint", files: ["logs-of-old/x/version_0/checkpoints/last.ckpt": ""], "validate", "--config", "ok.yaml",
      "--ckpt_path", "logs-of-old/x/version_0",
      says: "error: --ckpt_path: 'logs-of-old/x/version_0' is a folder; name a checkpoint in it, such as "
        + "'logs-of-old/x/version_0/checkpoints/last.ckpt'"),
    Mistake(
      "last of no run", "test", "--config", "ok.yaml", "--ckpt_path", "last",
      says: "error: --ckpt_path: there is no checkpoint in 'logs/experiment'; give the path of one, or train first"),
    Mistake(
      "no run to resume", "fit", "--config", "ok.yaml", "--resume",
      says: """
        error: there is no run with a checkpoint in 'logs/experiment'; train first, name a run folder with --resume, or use --resume auto
        """),
    Mistake(
      "rates of another metric", files: ["r.yaml": "loss_metric: ms_ssim\nvalues: [8.73]\n"], "run", "--config", "ok.yaml",
      "--rates_config",
      "r.yaml",
      says: """
        error: r.yaml:2:9: loss_metric: the rates are meant for 'ms_ssim', but the loss of the model has loss_metric 'mse'; use the rates \
        of that metric
             2 | values: [8.73]
               |         ^
        """),
    Mistake(
      "rates that fall", files: ["r.yaml": "values: {q1: 0.01, q2: 0.005, x: many}\n"], "run", "--config", "ok.yaml", "--rates_config",
      "r.yaml",
      says: """
        error: r.yaml:1:9: values: the values have to rise, but q2 (0.005) does not lie above q1 (0.01)
             1 | values: {q1: 0.01, q2: 0.005, x: many}
               |         ^
        error: r.yaml:1:34: values.x: expected a positive number, found the text 'many'
             1 | values: {q1: 0.01, q2: 0.005, x: many}
               |                                  ^^^^
        """),
  ]
}
