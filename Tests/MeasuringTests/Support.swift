import ChildProcesses
import Foundation
import Images
import Measuring

/// A folder that is removed when it is no longer used.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("measuring-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func text(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }
}

/// A program that answers as a measuring process does, without measuring: what it is called decides on how it behaves.
struct FakeProcess {
  let folder: TestFolder

  /// A line of `calls` for each repetition: the variant and the round.
  var calls: [String] { folder.text("calls").split(separator: "\n").map(String.init) }

  var process: ChildProcess { ChildProcess("/bin/sh", ["-c", script, "fake", folder.path]) }

  /// The description of a variant whose configuration is what the process is to do.
  static func variant(_ name: String, doing what: String = "good") -> MeasuringVariant {
    MeasuringVariant(name: name, subject: SubjectDescription(kind: .model, configuration: "\(what)@\(name)@"))
  }

  private var script: String {
    #"""
    while read -r line; do
      case "$line" in
        *'"open"'*)
          rest="${line#*\"configuration\":\"}"; what="${rest%%@*}"; rest="${rest#*@}"; name="${rest%%@*}"
          case "$what" in
            unopened) echo '{"failed":{"reason":"it cannot be made"}}' ;;
            *) echo '{"opened":{"_0":{"threads":3,"versions":{}}}}' ;;
          esac ;;
        *'"prepare"'*) echo '{"prepared":{"_0":{"encodingMultiplyAccumulates":5,"memoryBeforeBytes":1000}}}' ;;
        *)
          round="${line#*\"round\":}"; round="${round%%\}*}"
          echo "$name $round" >> "$1/calls"
          count=$(grep -c "^$name " "$1/calls")
          case "$what$count" in
            crash3) kill -9 $$ ;;
            hang3) sleep 1000 ;;
            error3) echo '{"failed":{"reason":"it is too grey"}}'; continue ;;
            memory3) echo '{"outOfMemory":{"reason":"it wanted too much"}}'; continue ;;
            grow3) exec dd if=/dev/zero of=/dev/null bs=300M count=100000 ;;
            talk3) echo 'hello'; continue ;;
          esac
          echo '{"measured":{"_0":{"encoding":0.25,"decoding":0.5,"encodingStages":[{"stage":"analysis","seconds":0.2}],"decodingStages":[],"payloadBits":64,"peakMemoryBytes":2000}}}' ;;
      esac
    done
    """#
  }
}
