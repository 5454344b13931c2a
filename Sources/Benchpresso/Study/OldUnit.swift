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
  /// Gives the folder of a unit another name, and makes a new one with the same configuration.
  static func setAside(_ place: UnitFolder) throws {
    let configuration = try FileBytes.read(place.configuration)
    var number = 1
    while PathText.exists("\(place.path).old-\(number)") { number += 1 }
    guard rename(place.path, "\(place.path).old-\(number)") == 0 else {
      throw FileError(operation: "rename", path: place.path, code: errno)
    }
    try Folder.create(place.path)
    try AtomicFile.write(configuration, to: place.configuration)
  }
}
