/// A test or comparison that cannot be done.
public enum BenchmarkError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is nothing to test.
  case noPictures
  /// The number of pictures coded together is not positive.
  case batchSize(Int)
  /// Something failed at one picture; `step` is what was being done with it, for example `decode`.
  case picture(name: String, step: String, reason: String)
  /// A codec gave a picture of another size than the original's.
  case size(name: String, codec: String, width: Int, height: Int, originalWidth: Int, originalHeight: Int)

  /// One sentence with the place, the cause and, where there is one, the remedy.
  public var description: String {
    switch self {
    case .noPictures:
      "there are no pictures to test; check the folder of the data set"
    case .batchSize(let value):
      "batch_size is \(value), and it must be at least 1"
    case .picture(let name, let step, let reason):
      "cannot \(step) '\(name)': \(reason)"
    case .size(let name, let codec, let width, let height, let originalWidth, let originalHeight):
      "the codec '\(codec)' decoded '\(name)' as \(width)×\(height) pixels, and the original has \(originalWidth)×\(originalHeight)"
    }
  }

  /// Does `body` and adds the picture's name to what it throws.
  static func naming<Value>(_ name: String, _ step: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as BenchmarkError {
      throw error
    } catch {
      throw BenchmarkError.picture(name: name, step: step, reason: "\(error)")
    }
  }
}
