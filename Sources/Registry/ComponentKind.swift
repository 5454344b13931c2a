/// What a component is for; a type without values that keeps a quantizer from standing where a model belongs.
public protocol ComponentKind: Sendable {
  /// The kind in words, singular: `context model`.
  static var name: String { get }
  /// The first part of the class paths of the kind: `context`.
  static var section: String { get }
}

extension ComponentKind {
  /// The kind with its article: `a model`, `an optimizer`.
  public static var nameWithArticle: String { withArticle(name) }
}

func withArticle(_ name: String) -> String { "\("aeiou".contains(name.prefix(1)) ? "an" : "a") \(name)" }

/// Compression models, `models.…`.
public enum ModelKind: ComponentKind {
  /// `model`.
  public static let name = "model"
  /// `models`.
  public static let section = "models"
}

/// Encoders, decoders and hyper networks, `networks.…`.
public enum NetworkKind: ComponentKind {
  /// `network`.
  public static let name = "network"
  /// `networks`.
  public static let section = "networks"
}

/// Non-linearities, `nonlinearity.…`.
public enum NonlinearityKind: ComponentKind {
  /// `nonlinearity`.
  public static let name = "nonlinearity"
  /// `nonlinearity`.
  public static let section = "nonlinearity"
}

/// Quantizers, `quantizer.…`.
public enum QuantizerKind: ComponentKind {
  /// `quantizer`.
  public static let name = "quantizer"
  /// `quantizer`.
  public static let section = "quantizer"
}

/// Entropy models of latents, `prior.…`.
public enum PriorKind: ComponentKind {
  /// `prior`.
  public static let name = "prior"
  /// `prior`.
  public static let section = "prior"
}

/// Entropy models of a latent given another, `prior.…`, too.
public enum ConditionalPriorKind: ComponentKind {
  /// `conditional prior`.
  public static let name = "conditional prior"
  /// `prior`.
  public static let section = "prior"
}

/// Context models, `context.…`.
public enum ContextModelKind: ComponentKind {
  /// `context model`.
  public static let name = "context model"
  /// `context`.
  public static let section = "context"
}

/// Ways to control the rate, `rate_control.…`.
public enum RateControlKind: ComponentKind {
  /// `rate control`.
  public static let name = "rate control"
  /// `rate_control`.
  public static let section = "rate_control"
}

/// Training losses, `loss.…`.
public enum LossKind: ComponentKind {
  /// `loss`.
  public static let name = "loss"
  /// `loss`.
  public static let section = "loss"
}

/// Data sets, `datasets.…`.
public enum DatasetKind: ComponentKind {
  /// `data set`.
  public static let name = "data set"
  /// `datasets`.
  public static let section = "datasets"
}

/// Image transforms, `transform.…`.
public enum TransformKind: ComponentKind {
  /// `transform`.
  public static let name = "transform"
  /// `transform`.
  public static let section = "transform"
}

/// Image quality metrics, `metrics.…`.
public enum MetricKind: ComponentKind {
  /// `metric`.
  public static let name = "metric"
  /// `metrics`.
  public static let section = "metrics"
}

/// Anchor codecs, `codecs.…`.
public enum CodecKind: ComponentKind {
  /// `codec`.
  public static let name = "codec"
  /// `codecs`.
  public static let section = "codecs"
}

/// Optimizers, `optimizer.…`.
public enum OptimizerKind: ComponentKind {
  /// `optimizer`.
  public static let name = "optimizer"
  /// `optimizer`.
  public static let section = "optimizer"
}

/// Learning-rate schedulers, `scheduler.…`.
public enum SchedulerKind: ComponentKind {
  /// `scheduler`.
  public static let name = "scheduler"
  /// `scheduler`.
  public static let section = "scheduler"
}

/// Training callbacks, `callbacks.…`.
public enum CallbackKind: ComponentKind {
  /// `callback`.
  public static let name = "callback"
  /// `callbacks`.
  public static let section = "callbacks"
}

/// Training loggers, `loggers.…`.
public enum LoggerKind: ComponentKind {
  /// `logger`.
  public static let name = "logger"
  /// `loggers`.
  public static let section = "loggers"
}
