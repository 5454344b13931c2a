/// Values that are easily got wrong.
enum NastyValues {
  static let scalars: [String] =
    numbers + texts + structures + variables + [
      "models.FactorizedPrior", "models.FactorizedPriorReLU", "nonlinearity.GDN", "nonlinearity.ReLU", "ReLU", "datasets.Kodak",
      "RandomCrop",
      "transform.NoCrop", "prior.EntropyBottleneck", "scheduler.Cosine", "loggers.CSV", "callbacks.ModelCheckpoint",
      "networks.FactorizedPriorDecoder",
      "loss.RateDistortion", "torch.optim.Adam", "random", "last", "best", "ms_ssim", "32", "32-true", "medium",
    ]

  private static let numbers = [
    "0", "-0", "-0.0", "1", "-1", "2", "3.0", "1e3", "1e-6", "1.e-6", "0.5", "1e18", "1e19", "1e999", "-1e999", "1e-999", "4096", "4097",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9007199254740993", "017", "0o17", "0x1f",
    "0x7fffffffffffffff", "0xffffffffffffffff", "1_000", "1__0", "_1", "12:30:45", "2024-01-01", ".nan", "nan", ".inf", "-.inf", "+1", "1.",
  ]

  private static let texts = [
    "", "null", "~", "Null", "none", "true", "True", "tRue", "yes", "on", "''", "'a'", "\"a", "'", "\"\\uFFFF\"", "\"\\uFFFE x\"",
    "\"\\0\"",
    "\"\\ud800\"", "\"\\r\\n\"", "\"\\n\\n\\n\\n\\n\\n\\n\\n\"", "\"\\e[1m\"", "\"\\L\\P\\N\"", "\"\\uFEFFa\"", "é", "e\u{301}", "日本", "🙂",
    "\u{FEFF}a", "\u{0}",
    "\u{1B}[1m", "\u{85}", "\u{2028}", "a\tb", "%", "@", "`", "#", "a #b", "a: b", ":", "-", "- a", "? a", "|", ">", "|2", "...", "... a",
    "---", "--- a", "=", "<<", "!", "!!str", "!!str 1", "!!int x", "!!float 1", "!!binary aGk=", "!x y", "*a", "&a", "&a x", "*N", "&N 3",
    String(repeating: "x", count: 5000), String(repeating: "é ", count: 300), "/", ".", "..", "~/x", "~nobody/x", "a/../b", "mutant.yaml",
    "nope.yaml", ".yaml", "resolved.yaml", "./mutant.yaml", "x.json",
  ]

  private static let structures = [
    "{}", "[]", "[[]]", "[", "]", "{", "}", "{a: 1}", "{a:1}", "{a:1,a:2}", "{a: 1, a: 2}", "{class_path: }", "{init_args: }",
    "{class_path: X}",
    "{class_path: 3}", "{init_args: [1]}", "{init_args: {channels: 3}}", "{class_path: nonlinearity.ReLU, init_args: {channels: 3}}",
    "{channels: 3}", "{channels:3}", "[nonlinearity.GDN, 3, null]", "[1, a, null]", "[{patch_size: 3}]", "{<<: {a: 1}}", "{? [a] : 1}",
    "{class_path: transform.Compose, init_args: {transforms: [transform.NoCrop, {class_path: transform.Compose}]}}",
    "{class_path: callbacks.ModelCheckpoint, init_args: {save_top_k: 0}}", "[callbacks.ModelCheckpoint, callbacks.ModelCheckpoint]",
    String(repeating: "[", count: 99) + String(repeating: "]", count: 99),
    String(repeating: "{a: ", count: 120) + String(repeating: "}", count: 120),
  ]

  private static let variables = [
    "${", "$", "$$", "${}", "${ }", "${N}", "${ N }", "${M}${N}", "a${N}b", "${x}", "${vars}", "${vars.N}", "$${x}", "$$${N}",
    "${env:HOME}",
    "${env:}", "${env:NOT_SET_ANYWHERE}", "{a: ${N}}", "[${N}, ${N}]", "${N", "${${N}}",
  ]
}
