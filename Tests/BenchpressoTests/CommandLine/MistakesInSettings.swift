/// Mistakes in keys and values of settings.
enum MistakesInSettings {
  private typealias Mistake = ErrorMessagesTests.Mistake

  /// The keys of `trainer`.
  static let trainer = """
    max_steps, max_epochs, max_time, min_steps, min_epochs, limit_train_batches, limit_val_batches, limit_test_batches, overfit_batches, \
    val_check_interval, check_val_every_n_epoch, num_sanity_val_steps, fast_dev_run, accumulate_grad_batches, frozen, gradient_clip_val, \
    gradient_clip_algorithm, precision, matmul_precision, accelerator, devices, deterministic, logger, log_every_n_steps, callbacks, \
    enable_checkpointing, enable_progress_bar, enable_model_summary, default_root_dir, memory_limit, threads
    """

  static let all: [ErrorMessagesTests.Mistake] = [
    Mistake(
      "unknown option", "fit", "--config", "ok.yaml", "--trainer.max_stepss", "5",
      says: "error: --trainer.max_stepss: unknown option; did you mean --trainer.max_steps?"),
    Mistake(
      "unknown option without a value", "fit", "--config", "ok.yaml", "--trainer.fast_devrun",
      says: "error: --trainer.fast_devrun: unknown option; did you mean --trainer.fast_dev_run?"),
    Mistake(
      "start of an option", "fit", "--config", "ok.yaml", "--trainer.max_ep=3",
      says: """
        error: --trainer.max_ep: unknown option; valid keys: \(trainer)
        """),
    Mistake(
      "unknown key, top level", files: ["a.yaml": "# a comment\nmodle: models.FactorizedPrior\n"], "fit", "--config", "a.yaml",
      says: """
        error: a.yaml:2:1: modle: unknown key 'modle'; did you mean 'model'? Valid keys: name, description, seed_everything, model, data, \
        trainer, optimizer, aux_optimizer, lr_scheduler, ckpt_path, init_weights, init_parts, test, predict
             2 | modle: models.FactorizedPrior
               | ^^^^^^
        """),
    Mistake(
      "unknown argument of a network",
      files: [
        "b.yaml": """
        model:
          init_args:
            encoder:
              class_path: networks.FactorizedPriorEncoder
              init_args:
                chanels: 128

        """
      ], "fit", "--config", "ok.yaml", "--config", "b.yaml",
      says: """
        error: b.yaml:6:9: model.init_args.encoder.init_args.chanels: networks.FactorizedPriorEncoder has no argument 'chanels'; did you \
        mean 'channels'? It takes activation, channels, expansion_channels
             6 |         chanels: 128
               |         ^^^^^^^^
        """),
    Mistake(
      "typo within a transform, in a file",
      files: [
        "c.yaml": """
        data:
          init_args:
            transform:
              class_path: transform.RandomCrop
              init_args: {patchsize: 128}

        """
      ], "fit", "--config", "ok.yaml", "--config", "c.yaml",
      says: """
        error: c.yaml:5:19: data.init_args.transform.init_args.patchsize: transform.RandomCrop has no argument 'patchsize'; did you mean \
        'patch_size'? It takes patch_size, small_pictures
             5 |       init_args: {patchsize: 128}
               |                   ^^^^^^^^^^
        """),
    Mistake(
      "typo within a transform, in an option", "fit", "--config", "ok.yaml", "--data.transform",
      "{class_path: transform.RandomCrop, init_args: {patchsize: 128}}",
      says: """
        error: --data.transform: data.init_args.transform.init_args.patchsize: transform.RandomCrop has no argument 'patchsize'; did you \
        mean 'patch_size'? It takes patch_size, small_pictures
        """),
    Mistake(
      "wrong type in a file", files: ["d.yaml": "trainer:\n  max_steps: many\n"], "fit", "--config", "ok.yaml", "--config", "d.yaml",
      says: """
        error: d.yaml:2:14: trainer.max_steps: expected an integer, found the text 'many'
             2 |   max_steps: many
               |              ^^^^
        """),
    Mistake(
      "wrong type in an option", "fit", "--config", "ok.yaml", "--model.encoder.channels", "many",
      says: "error: --model.encoder.channels: expected an integer, found the text 'many'"),
    Mistake(
      "no whole number", "fit", "--config", "ok.yaml", "--trainer.max_steps", "2.5",
      says: "error: --trainer.max_steps: expected an integer, found 2.5"),
    Mistake(
      "out of range", "fit", "--config", "ok.yaml", "--model.channels", "0",
      says: "error: --model.channels: must be in 1 ... 4096, found 0"),
    Mistake(
      "not one of the choices, in an option", "fit", "--config", "ok.yaml", "--model.rate_distortion_function.loss_metric", "psnr",
      says: "error: --model.rate_distortion_function.loss_metric: expected one of mse, ms_ssim, found 'psnr'"),
    Mistake(
      "not one of the choices, far to the right of a file",
      files: [
        "e.yaml": "model: {class_path: models.FactorizedPrior, init_args: {rate_distortion_function: {class_path: loss.RateDistortion, "
          + "init_args: {loss_metric: psnr}}}}\n"
      ], "fit", "--config", "ok.yaml", "--config", "e.yaml",
      says: """
        error: e.yaml:1:142: model.init_args.rate_distortion_function.init_args.loss_metric: expected one of mse, ms_ssim, found 'psnr'
             1 | , init_args: {loss_metric: psnr}}}}
               |                            ^^^^
        """),
    Mistake(
      "a precision that is none", "fit", "--config", "ok.yaml", "--trainer.precision", "medium",
      says: """
        error: --trainer.precision: expected 32-true or bf16-mixed, found 'medium' (for the precision of matrix products use \
        trainer.matmul_precision)
        """),
    Mistake(
      "null in a file", files: ["f.yaml": "trainer: {max_steps: null}\nname: ~\n"], "fit", "--config", "ok.yaml", "--config", "f.yaml",
      says: """
        error: f.yaml:1:22: trainer.max_steps: null is not possible here, expected an integer; leave the key out for the default (1000000)
             1 | trainer: {max_steps: null}
               |                      ^^^^
        error: f.yaml:2:7: name: null is not possible here, expected a text; leave the key out for the default (the text 'experiment')
             2 | name: ~
               |       ^
        """),
    Mistake(
      "null in an option", "fit", "--config", "ok.yaml", "--trainer.log_every_n_steps", "null",
      says: """
        error: --trainer.log_every_n_steps: null is not possible here, expected an integer; leave the key out for the default (50)
        """),
    Mistake(
      "listing 6.5.5", "fit", "--config", "ok.yaml", "--config", "listing-6.5.5.yaml",
      says: """
        error: listing-6.5.5.yaml:10:17: data.init_args.num_workers: null is not possible here, expected an integer; leave the key out for \
        the default (1)
            10 |     num_workers:
               |                 ^
        """),
    Mistake(
      "a name outside the logs", "fit", "--config", "ok.yaml", "--name", "../x",
      says: "error: --name: becomes a folder of the logs, so it needs letters, and none of its parts can be '.' or '..', found '../x'"),
    Mistake(
      "an empty name", files: ["n.yaml": "name: ''\n"], "test", "--config", "ok.yaml", "--config", "n.yaml", "--ckpt_path", "last",
      says: """
        error: n.yaml:1:7: name: becomes a folder of the logs, so it needs letters, and none of its parts can be '.' or '..', found ''
             1 | name: ''
               |       ^^
        """),
    Mistake(
      "a seed that is none", "fit", "--config", "ok.yaml", "--seed_everything", "-1",
      says: "error: --seed_everything: expected an integer of at least 0, or random, found -1"),
    Mistake(
      "unknown variable", files: ["g.yaml": "vars: {M: 192}\nmodel: {init_args: {channels: '${N}'}}\n"], "fit", "--config", "ok.yaml",
      "--config", "g.yaml",
      says: """
        error: g.yaml:2:31: model.init_args.channels: there is no variable ${N}; did you mean 'M'? Declared: M
             2 | model: {init_args: {channels: '${N}'}}
               |                               ^^
        """),
    Mistake(
      "several mistakes in two files and in options, in their order",
      files: ["h.yaml": "name: [a]\ntrainer: {max_steps: soon}\n", "i.yaml": "nam: b\n"],
      "fit", "--trainer.max_stepss", "4", "--config", "h.yaml", "--model", "Nope", "--config=i.yaml", "--seed_everything", "abc", "--data",
      "datasets.Kodac",
      says: """
        error: --trainer.max_stepss: unknown option; did you mean --trainer.max_steps?
        error: h.yaml:1:7: name: expected a text, found a list
             1 | name: [a]
               |       ^
        error: h.yaml:2:22: trainer.max_steps: expected an integer, found the text 'soon'
             2 | trainer: {max_steps: soon}
               |                      ^^^^
        error: --model: there is no model 'Nope'. \(Mistake.known("model"))
        error: i.yaml:1:1: nam: unknown key 'nam'; did you mean 'name'? Valid keys: name, description, seed_everything, model, data, \
        trainer, optimizer, aux_optimizer, lr_scheduler, ckpt_path, init_weights, init_parts, test, predict
             1 | nam: b
               | ^^^^
        error: --seed_everything: expected an integer of at least 0, or random, found the text 'abc'
        error: --data: there is no data set 'datasets.Kodac'; did you mean 'datasets.Kodak'? \(Mistake.known("data set"))
        """),
  ]
}
