/// One record of an event file: something that was known at a step.
public struct Event: Sendable, Equatable {
  /// The encoded message `Event`.
  let bytes: [UInt8]

  private init(time: Double, step: Int, _ fill: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    message.add(1, time)
    message.add(2, step)
    fill(&message)
    bytes = message.bytes
  }

  /// The first event of a file, which names the format.
  static func fileVersion(time: Double) -> Event { Event(time: time, step: 0) { $0.add(3, "brain.Event:2") } }

  /// The beginning of a training that goes on: what was logged before of `step` and later counts no more.
  ///
  /// - Parameter time: Seconds since 1970.
  public static func start(step: Int, time: Double) -> Event {
    Event(time: time, step: step) { $0.add(7) { $0.add(1, 1) } }
  }

  /// Numbers of one step under their tags; TensorBoard keeps them as 32-bit floating-point numbers.
  public static func scalars(_ values: [(tag: String, value: Double)], step: Int, time: Double) -> Event {
    summary(step: step, time: time) { summary in
      for (tag, value) in values {
        summary.add(1) {
          $0.add(1, tag)
          $0.add(2, Float(value))
        }
      }
    }
  }

  /// A picture.
  ///
  /// - Parameters:
  ///   - png: The picture as a PNG file, RGB.
  ///   - width: Its number of columns.
  ///   - height: Its number of rows.
  public static func image(tag: String, png: [UInt8], width: Int, height: Int, step: Int, time: Double) -> Event {
    summary(step: step, time: time) {
      $0.add(1) {
        $0.add(1, tag)
        $0.add(4) {
          $0.add(1, height)
          $0.add(2, width)
          $0.add(3, 3)
          $0.add(4, png)
        }
      }
    }
  }

  /// A text, which TensorBoard shows as Markdown.
  public static func text(tag: String, _ text: String, step: Int, time: Double) -> Event {
    summary(step: step, time: time) {
      $0.add(1) {
        $0.add(1, "\(tag)/text_summary")
        $0.add(9) { $0.add(1) { $0.add(1, "text") } }
        $0.add(8) { tensor in
          tensor.add(1, 7)
          tensor.add(2) { $0.add(2) { $0.add(1, 1) } }
          tensor.add(8, text)
        }
      }
    }
  }

  /// Data of a plugin without a value, as that of the hyper-parameters.
  static func plugin(_ name: String, tag: String, content: ProtobufMessage, time: Double) -> Event {
    summary(step: 0, time: time) {
      $0.add(1) {
        $0.add(1, tag)
        $0.add(9) {
          $0.add(1) {
            $0.add(1, name)
            $0.add(2, content.bytes)
          }
        }
      }
    }
  }

  private static func summary(step: Int, time: Double, _ fill: (inout ProtobufMessage) -> Void) -> Event {
    Event(time: time, step: step) { $0.add(5, fill) }
  }
}
