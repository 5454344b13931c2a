/// What a component is for; a type without values that keeps a quantizer from standing where a model belongs.
public protocol ComponentKind: Sendable {
  /// The kind in words, singular: `context model`.
  static var name: String { get }
  /// The first part of the class paths of the kind: `context`.
  static var section: String { get }
  /// Why components of the kind belong to no part of the taxonomy; nil where they should.
  static var outside: String? { get }
}

extension ComponentKind {
  /// Nil: the taxonomy has parts for components of the kind.
  public static var outside: String? { nil }

  /// The reason of kinds that are about models without being in them.
  static var besideModels: String { "\(nameWithArticle) is no part of a model, and those are what the taxonomy classes" }

  /// The kind with its article: `a model`, `an optimizer`.
  public static var nameWithArticle: String { withArticle(name) }
}

/// The kinds of components that there are.
public enum ComponentKinds {
  /// All of them, also those without a component.
  public static let all: [any ComponentKind.Type] = [
    ModelKind.self, NetworkKind.self, NonlinearityKind.self, BlockKind.self, QuantizerKind.self, PriorKind.self, ConditionalPriorKind.self,
    SideInformationKind.self, ContextModelKind.self, RateControlKind.self, LossKind.self, DatasetKind.self, TransformKind.self,
    MetricKind.self, CodecKind.self,
    OptimizerKind.self, SchedulerKind.self, CallbackKind.self, LoggerKind.self,
  ]
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

/// Parts of networks that keep the shape of what goes through them, `blocks.…`.
public enum BlockKind: ComponentKind {
  /// `block`.
  public static let name = "block"
  /// `blocks`.
  public static let section = "blocks"
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

/// What is told of a latent beside it, `side_information.…`.
public enum SideInformationKind: ComponentKind {
  /// `side information`.
  public static let name = "side information"
  /// `side_information`.
  public static let section = "side_information"
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
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Data sets, `datasets.…`.
public enum DatasetKind: ComponentKind {
  /// `data set`.
  public static let name = "data set"
  /// `datasets`.
  public static let section = "datasets"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Image transforms, `transform.…`.
public enum TransformKind: ComponentKind {
  /// `transform`.
  public static let name = "transform"
  /// `transform`.
  public static let section = "transform"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Image quality metrics, `metrics.…`.
public enum MetricKind: ComponentKind {
  /// `metric`.
  public static let name = "metric"
  /// `metrics`.
  public static let section = "metrics"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Anchor codecs, `codecs.…`.
public enum CodecKind: ComponentKind {
  /// `codec`.
  public static let name = "codec"
  /// `codecs`.
  public static let section = "codecs"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Optimizers, `optimizer.…`.
public enum OptimizerKind: ComponentKind {
  /// `optimizer`.
  public static let name = "optimizer"
  /// `optimizer`.
  public static let section = "optimizer"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Learning-rate schedulers, `scheduler.…`.
public enum SchedulerKind: ComponentKind {
  /// `scheduler`.
  public static let name = "scheduler"
  /// `scheduler`.
  public static let section = "scheduler"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Training callbacks, `callbacks.…`.
public enum CallbackKind: ComponentKind {
  /// `callback`.
  public static let name = "callback"
  /// `callbacks`.
  public static let section = "callbacks"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}

/// Training loggers, `loggers.…`.
public enum LoggerKind: ComponentKind {
  /// `logger`.
  public static let name = "logger"
  /// `loggers`.
  public static let section = "loggers"
  /// It is beside the models.
  public static var outside: String? { besideModels }
}
