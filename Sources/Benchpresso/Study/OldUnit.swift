import Configuration
import SafeFiles
import Studies

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a unit left before it is done again.
enum OldUnit {
  /// Gives the folder of a unit another name; planning makes a new one.
  ///
  /// - Throws: `FileError`.
  static func setAside(_ place: UnitFolder) throws(FileError) {
    var number = 1
    while PathText.exists("\(place.path).old-\(number)") { number += 1 }
    guard rename(place.path, "\(place.path).old-\(number)") == 0 else {
      throw FileError(operation: "rename", path: place.path, code: errno)
    }
  }
}
