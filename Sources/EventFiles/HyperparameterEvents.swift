/// The value of a hyper-parameter.
public enum HyperparameterValue: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// True or false.
  case truth(Bool)
  /// A text.
  case text(String)

  /// The message `google.protobuf.Value`.
  var message: ProtobufMessage {
    var message = ProtobufMessage()
    switch self {
    case .number(let value): message.add(2, value)
    case .text(let value): message.add(3, value)
    case .truth(let value): message.add(4, value)
    }
    return message
  }

  /// The number of the kind in TensorBoard's `DataType`.
  var dataType: Int {
    switch self {
    case .text: 1
    case .truth: 2
    case .number: 3
    }
  }
}

/// How a run ended, as TensorBoard's page of hyper-parameters shows it.
public enum SessionStatus: Int, Sendable {
  /// All steps were made.
  case success = 1
  /// An error ended it.
  case failure = 2
  /// It has not ended, or goes on later.
  case running = 3
}

extension Event {
  /// The events that tell TensorBoard's page of hyper-parameters what a run was given and which numbers to show beside it.
  ///
  /// - Parameters:
  ///   - hyperparameters: Names with values, in the order of the columns.
  ///   - metrics: Tags of numbers of the same folder.
  ///   - name: The run.
  ///   - time: Seconds since 1970.
  public static func hyperparameters(
    _ hyperparameters: [(name: String, value: HyperparameterValue)], metrics: [String], name: String, time: Double
  ) -> [Event] {
    var experiment = ProtobufMessage()
    experiment.add(2) { experiment in
      experiment.add(3, time)
      for (name, value) in hyperparameters {
        experiment.add(4) {
          $0.add(1, name)
          $0.add(4, value.dataType)
        }
      }
      for tag in metrics {
        experiment.add(5) { $0.add(1) { $0.add(2, tag) } }
      }
    }
    var start = ProtobufMessage()
    start.add(3) { start in
      for (name, value) in hyperparameters {
        start.add(1) {
          $0.add(1, name)
          $0.add(2, value.message.bytes)
        }
      }
      start.add(4, name)
      start.add(5, time)
    }
    return [
      plugin("hparams", tag: "_hparams_/experiment", content: experiment, time: time),
      plugin("hparams", tag: "_hparams_/session_start_info", content: start, time: time),
    ]
  }

  /// The event that ends what ``hyperparameters(_:metrics:name:time:)`` began.
  public static func sessionEnd(_ status: SessionStatus, time: Double) -> Event {
    var end = ProtobufMessage()
    end.add(4) {
      $0.add(1, status.rawValue)
      $0.add(2, time)
    }
    return plugin("hparams", tag: "_hparams_/session_end_info", content: end, time: time)
  }
}
