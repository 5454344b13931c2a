import ArgumentParser
import EntropyCoding

/// The size of a picture on the command line: `768x512`, the width first.
struct PictureSize: ExpressibleByArgument, Equatable {
  let width: Int
  let height: Int

  /// Reads `WIDTHxHEIGHT`; nil for anything else and for sides that no picture has.
  init?(argument: String) {
    let parts = argument.lowercased().replacing("×", with: "x").split(separator: "x", omittingEmptySubsequences: false)
    let sides = 1...Container.maximumSide
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]), sides.contains(width), sides.contains(height) else {
      return nil
    }
    self.init(width: width, height: height)
  }

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
