import Configuration
import Registry
import Testing

@testable import Benchpresso

struct CompletionEngineTests {
  private static func answer(_ words: [String], environment: [String: String] = [:]) throws -> CompletionEngine.Answer {
    let program = try #require(CommandOutline.program())
    let engine = CompletionEngine(catalogue: try BuiltIn.catalogue(), program: program, environment: environment)
    return engine.answer(words.map { $0.replacing("@", with: "\(ConfigurationFilesTests.root)/configs") })
  }

  @Test(arguments: [
    (["fi"], ["find", "fit"]), (["compare", "--format", "la"], ["latex"]), (["fit", "--format", "j"], ["json"]), (["v"], ["validate"]),
    (["fit", "--mod"], ["--model", "--model."]), (["--mod"], ["--model", "--model."]),
    (["fit", "--trainer.max_"], ["--trainer.max_steps", "--trainer.max_epochs", "--trainer.max_time"]),
    (["fit", "--trainer.call"], ["--trainer.callbacks", "--trainer.callbacks+"]), (["fit", "--tra"], ["--trainer."]),
    (["fit", "--model.enc"], ["--model.encoder", "--model.encoder."]),
    (["fit", "--model.init_args.enc"], ["--model.init_args.encoder", "--model.init_args.encoder."]),
    (["fit", "--model.activation.b"], ["--model.activation.beta_min"]),
    (["fit", "--model.encoder.activation=GDN", "--model.encoder.activation.b"], ["--model.encoder.activation.beta_min"]),
    (["fit", "--model", "FactorizedPriorReLU", "--model.enc"], []),
    (["fit", "--model", "FactorizedPriorReLU", "--model.ch"], ["--model.channels"]),
    (["fit", "--model", "models.F"], ["models.FactorizedPrior", "models.FactorizedPriorReLU"]),
    (["fit", "--model=models.FactorizedPriorR"], ["--model=models.FactorizedPriorReLU"]),
    (["fit", "--model.class_path", "models.FactorizedPriorR"], ["models.FactorizedPriorReLU"]),
    (["fit", "--trainer.callbacks+", "callbacks.M"], ["callbacks.ModelCheckpoint"]),
    (["fit", "--trainer.enable_progress_bar", ""], ["true", "false"]),
    (["fit", "--trainer.enable_progress_bar=t"], ["--trainer.enable_progress_bar=true"]),
    (["fit", "--model.rate_distortion_function.loss_metric", ""], ["mse", "ms_ssim"]),
    (["fit", "--trainer.callbacks+", "ModelCheckpoint", "--trainer.callbacks.every_n_t"], ["--trainer.callbacks.every_n_train_steps"]),
    (["fit", "--config", "@/smoke.yaml", "--trainer.callbacks[0].save_t"], ["--trainer.callbacks[0].save_top_k"]),
    (["fit", "--print_config=skip_"], ["--print_config=skip_null", "--print_config=skip_default"]), (["run", "--stage", "te"], ["test"]),
    (["describe", "nonlinearity.GD"], ["nonlinearity.GDN"]), (["list", "mod"], ["models"]), (["list", "quan"], ["quantizer"]),
    (["taxonomy", ""], ["tree", "show", "trends", "coverage"]), (["taxonomy", "--dep"], ["--depth"]), (["papers", "s"], ["show"]),
    (["taxonomy", "show", "Variable Rate/R"], ["Variable Rate/Residual Coding"]), (["taxonomy", "trends", "--format", "m"], ["markdown"]),
    (["papers", "--sort", "a"], ["author"]), (["papers", "--format", "b"], ["bibtex"]), (["papers", "show", "ziv"], ["ziv1985universal"]),
    (["papers", "--category", "Variable Rate/R"], ["Variable Rate/Residual Coding"]), (["taxonomy", "coverage", "--m"], ["--missing"]),
    (["completion", ""], ["bash", "zsh", "fish"]), (["study", "r"], ["run", "results"]), (["study", "run", "--dry"], ["--dry-run"]),
    (["test", "--metric", "lpips"], ["lpips_vgg", "lpips_alex"]), (["measure", "latency", "--what", "t"], ["transform"]),
    (["config", "sh"], ["show"]), (["config", "show", "--see"], ["--seed_everything"]),
    (["test", "--format", "j"], ["json"]), (["fit", "--absent.x"], []),
    (["results", "l"], ["list", "lint"]), (["results", "list", ""], []), (["results", "list", "--fo"], ["--format"]),
    (["results", "show", "kodak/bpg"], ["kodak/bpg_444", "kodak/bpg_444_x265_ycbcr"]), (["results", "show", "kodak/hm", ""], []),
    (["results", "lint", "published:kodak/v"], ["published:kodak/vtm"]),
    (["results", "lint", "a.json", "published:kodak/h"], ["published:kodak/hm"]),
    (["compare", "a.json", "--anchor", "published:kodak/w"], ["published:kodak/webp"]),
    (["report", "published:kodak/w"], ["published:kodak/webp"]), (["report", "a.json", "--method", "p"], ["pchip"]),
    (["compare", "--anchor=published:kodak/w"], ["--anchor=published:kodak/webp"]), (["results", "show", "--format", "j"], ["json"]),
    (["nonsense", "--x"], []), (["fit", "--model.absent.x"], []),
  ])
  func words(words: [String], expected: [String]) throws {
    let answer = try Self.answer(words)
    #expect(answer.completions.map(\.word).sorted() == expected.sorted())
  }

  @Test(arguments: [
    (["fit", "--config", ""], true), (["fit", "--ckpt_path", "a"], true), (["fit", "--trainer", ""], true),
    (["fit", "--model", "nothing/like"], true), (["fit", "--model", "models."], false), (["encode", "a"], true),
    (["fit", "--trainer.max_steps", ""], false), (["fit", "--tra"], false), (["config", "check", "a"], true),
    (["test", "--extra_ckpt", ""], true), (["results", "lint", ""], true), (["results", "list", ""], false),
    (["results", "show", ""], false), (["compare", ""], true), (["compare", "--anchor", ""], true),
  ])
  func files(words: [String], expected: Bool) throws { #expect(try Self.answer(words).files == expected) }

  @Test func theEnvironmentCounts() throws {
    let environment = ["BENCHPRESSO_MODEL": "models.FactorizedPriorReLU"]
    #expect(try Self.answer(["fit", "--model.enc"], environment: environment).completions.isEmpty)
    #expect(try !Self.answer(["fit", "--model.enc"]).completions.isEmpty)
  }

  @Test func everythingIsExplainedInAFewWords() throws {
    for words in [[""], ["fit", "--"], ["fit", "--trainer."], ["fit", "--model."]] {
      for completion in try Self.answer(words).completions where !completion.word.hasPrefix("--help") {
        #expect(!completion.help.isEmpty && completion.help.count <= 110 && !completion.help.contains("\n"), "\(completion)")
      }
    }
  }
}
