/// Texts of configurations that a schema has to take or to refuse.
enum SchemaCases {
  /// What is written in some form that the reader takes.
  static let right = [
    "", "vars: null", "vars: {N: 128, list: [1, 2]}", "name: 12", "description: true",
    "model: FactorizedPrior", "model: models.FactorizedPrior", "model: bmshj2018-factorized", "model: {class_path: FactorizedPrior}",
    "model: {class_path: FactorizedPrior, init_args: null}", "model: {init_args: {channels: 64}}",
    "model: {class_path: models.google_models.FactorizedPrior, init_args: {activation: torch.nn.ReLU}}",
    "model: {class_path: FactorizedPrior, init_args: {channels: 1e2, expansion_channels: 192.0}}",
    "model: {class_path: FactorizedPrior, init_args: {entropy_bottleneck: null}}",
    "model: {class_path: FactorizedPrior, init_args: {entropy_bottleneck: {class_path: EntropyBottleneck, init_args: {filters+: [3]}}}}",
    "vars: {N: 64}\nmodel: {class_path: FactorizedPrior, init_args: {channels: '${N}', activation: {class_path: GDN, init_args: {channels: '${N}'}}}}",
    "vars: {M: FactorizedPrior}\nmodel: '${M}'", "vars: {M: FactorizedPrior}\nmodel: {class_path: '${M}', init_args: {channels: 64}}",
    "trainer: {max_steps: 100}", "trainer: {max_steps: 1e5}", "vars: {N: 7}\ntrainer: {max_steps: '${N}'}",
    "vars: {N: {max_steps: 7}}\ntrainer: '${N}'", "trainer: {gradient_clip_val: null}",
    "trainer: {gradient_clip_val: 1}", "trainer: {logger: false}", "trainer: {logger: null}", "trainer: {logger: TensorBoard}",
    "trainer: {logger: [CSV, TensorBoard]}", "trainer: {logger+: TensorBoard}",
    "trainer: {logger: {class_path: MLflow, init_args: {tags: {a: b, c: 1}}}}", "trainer: {callbacks: ModelCheckpoint}",
    "trainer: {callbacks+: EarlyStopping}", "trainer: {callbacks+: [EarlyStopping]}",
    "trainer: {callbacks: [{class_path: ModelCheckpoint, init_args: {save_top_k: -1, monitor: train_loss}}]}",
    "trainer: {fast_dev_run: true}", "trainer: {fast_dev_run: 3}", "trainer: {limit_train_batches: 25%}",
    "trainer: {limit_train_batches: 0.25}", "trainer: {limit_train_batches: null}", "trainer: {max_time: 12h, devices: auto}",
    "trainer: {max_time: '00:12:00:00', devices: 2}", "trainer: {precision: 32}", "trainer: {precision: bf16-mixed}",
    "trainer: {accelerator: gpu}", "seed_everything: random", "seed_everything: true", "seed_everything: 7", "ckpt_path: best",
    "ckpt_path: null", "test: {tile: 256, memory_limit: 2GiB}", "test: {tile: off, memory_limit: 1000000}", "test: {overlap: true}",
    "test: {metrics: [SSIM, metrics.MS_SSIM]}", "test: {metrics: metrics.SSIM}",
    "lr_scheduler: {class_path: MultiStep, init_args: {milestones: [1, 2]}}", "optimizer: {init_args: {lr: 1e-3}}",
    "data: {class_path: Kodak, init_args: {data_dir: photos, transform: NoCrop}}",
    "data: {class_path: Joined, init_args: {datasets: [Kodak, {class_path: Flickr2W, init_args: {batch_size: 2}}], weights: [1, 0.5]}}",
    "data: {class_path: ImageFolder, init_args: {transform: {class_path: Compose, init_args: {transforms: [RandomCrop, NoCrop]}}}}",
    "trainer: &a {max_steps: 3}", "trainer: {<<: {max_steps: 3}, min_steps: 2}",
  ]

  /// What names files or variables of an environment, which the reader would look for.
  static let rightWithFiles = [
    "model: parts/model.yaml", "trainer: trainer.yml", "trainer: {callbacks: callbacks.json}",
    "trainer: {callbacks: [a.yaml, EarlyStopping]}",
    "model: {class_path: FactorizedPrior, init_args: args.yaml}", "trainer: {max_steps: '${env:STEPS}'}", "test: test.yaml",
    "name: 'run-${env:USER}'",
  ]

  /// What is wrong, with the place and the keyword of the schema that has to say so.
  static let wrong: [(text: String, path: String, keyword: String)] = [
    ("modle: {}", "$", "additionalProperties"), ("trainer: {max_stps: 3}", "$.trainer", "additionalProperties"),
    ("trainer.max_steps: 3", "$", "additionalProperties"), ("trainer: {max_steps+: 3}", "$.trainer", "additionalProperties"),
    ("trainer: {max_steps: many}", "$.trainer.max_steps", "pattern"), ("trainer: {max_steps: '3'}", "$.trainer.max_steps", "pattern"),
    ("trainer: {max_steps: '$${N}'}", "$.trainer.max_steps", "pattern"),
    ("trainer: {max_steps: 1.5}", "$.trainer.max_steps", "type"), ("trainer: {max_steps: null}", "$.trainer.max_steps", "type"),
    ("trainer: {max_steps: [1]}", "$.trainer.max_steps", "type"), ("trainer: {deterministic: 1}", "$.trainer.deterministic", "type"),
    ("trainer: {deterministic: yes}", "$.trainer.deterministic", "pattern"),
    ("trainer: {accelerator: tpu}", "$.trainer.accelerator", "enum"), ("trainer: {accelerator: null}", "$.trainer.accelerator", "enum"),
    ("trainer: {precision: 16-mixed}", "$.trainer.precision", "enum"),
    ("trainer: {limit_train_batches: half}", "$.trainer.limit_train_batches", "pattern"),
    ("trainer: {limit_train_batches: -1}", "$.trainer.limit_train_batches", "minimum"),
    ("trainer: {max_time: soon}", "$.trainer.max_time", "pattern"), ("trainer: {max_time: 12}", "$.trainer.max_time", "type"),
    ("trainer: {fast_dev_run: -1}", "$.trainer.fast_dev_run", "minimum"), ("trainer: {callbacks: 3}", "$.trainer.callbacks", "type"),
    ("trainer: {callbacks: null}", "$.trainer.callbacks", "type"), ("trainer: {callbacks+: 3}", "$.trainer.callbacks+", "type"),
    ("trainer: {callbacks: [Nothing]}", "$.trainer.callbacks[0]", "enum"),
    (
      "trainer: {callbacks: [EarlyStopping, {class_path: callbacks.ModelCheckpoint, init_args: {save_top: 1}}]}",
      "$.trainer.callbacks[1].init_args", "additionalProperties"
    ),
    ("trainer: {logger: 3}", "$.trainer.logger", "type"), ("trainer: {logger: [true]}", "$.trainer.logger[0]", "type"),
    ("trainer: []", "$.trainer", "type"), ("trainer: trainer.txt", "$.trainer", "pattern"), ("trainer: null", "$.trainer", "type"),
    ("model: models.Factorised", "$.model", "enum"), ("model: nonlinearity.GDN", "$.model", "enum"), ("model: 3", "$.model", "type"),
    ("model: null", "$.model", "type"), ("model: {class_path: models.Factorised}", "$.model.class_path", "enum"),
    ("model: {class_path: null}", "$.model.class_path", "enum"),
    ("model: {class: models.FactorizedPrior}", "$.model", "additionalProperties"),
    ("model: {class_path: FactorizedPrior, channels: 3}", "$.model", "additionalProperties"),
    ("model: {class_path: FactorizedPrior, init_args: {chanels: 3}}", "$.model.init_args", "additionalProperties"),
    ("model: {class_path: bmshj2018-factorized, init_args: {chanels: 3}}", "$.model.init_args", "additionalProperties"),
    ("model: {class_path: FactorizedPrior, init_args: {channels: '128'}}", "$.model.init_args.channels", "pattern"),
    ("model: {class_path: FactorizedPrior, init_args: [1]}", "$.model.init_args", "type"),
    (
      "model: {class_path: FactorizedPrior, init_args: {activation: {class_path: GDN, init_args: {beta: 1}}}}",
      "$.model.init_args.activation.init_args", "additionalProperties"
    ),
    (
      "model: {class_path: FactorizedPrior, init_args: {activation: {class_path: GDN, init_args: {inverse: 2}}}}",
      "$.model.init_args.activation.init_args.inverse", "type"
    ),
    ("model: {class_path: FactorizedPrior, init_args: {activation: null}}", "$.model.init_args.activation", "type"),
    (
      "model: {class_path: MeanScaleHyperprior, init_args: {gaussian_conditional: EntropyBottleneck}}",
      "$.model.init_args.gaussian_conditional", "enum"
    ),
    ("optimizer: {init_args: {lrr: 1}}", "$.optimizer.init_args", "additionalProperties"),
    ("lr_scheduler: {class_path: MultiStep, init_args: {milestones: [1, b]}}", "$.lr_scheduler.init_args.milestones[1]", "pattern"),
    ("lr_scheduler: {class_path: MultiStep, init_args: {milestones: 1}}", "$.lr_scheduler.init_args.milestones", "type"),
    (
      "data: {class_path: Kodak, init_args: {transform: {class_path: RandomCrop, init_args: {small_pictures: throw}}}}",
      "$.data.init_args.transform.init_args.small_pictures", "enum"
    ),
    ("seed_everything: -1", "$.seed_everything", "minimum"), ("seed_everything: often", "$.seed_everything", "enum"),
    ("test: {tile: 0}", "$.test.tile", "minimum"), ("test: {tile: small}", "$.test.tile", "enum"),
    ("test: {memory_limit: lots}", "$.test.memory_limit", "pattern"), ("test: {metrics: [SSIM, GDN]}", "$.test.metrics[1]", "enum"),
    ("init_weights: ''", "$.init_weights", "pattern"), ("vars: 3", "$.vars", "type"), ("name: [a]", "$.name", "type"),
    ("name: null", "$.name", "type"),
  ]

  /// What the reader refuses and no schema can, as the article "Configuration" says.
  static let beyond = [
    "trainer: {threads: 0}", "trainer: {max_steps: -1}", "trainer: {limit_train_batches: 1.0}", "trainer: {logger: [CSV, CSV]}",
    "trainer: {max_steps: '${N}'}", "vars: {N: many}\ntrainer: {max_steps: '${N}'}", "optimizer: {init_args: {momentum: 0.9}}",
    "name: ..", "trainer: {callbacks: [{class_path: ModelCheckpoint, init_args: {filename: '{nothing}'}}]}",
    "model: {class_path: FactorizedPrior, init_args: {channels: 0}}", "model: nowhere.yaml",
  ]
}
