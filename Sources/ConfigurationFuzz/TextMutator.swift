import Datasets

/// Damages texts: byte by byte, as disks do, and line by line, as people do.
struct TextMutator {
  var random: DeterministicRandom

  private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[random.integer(below: elements.count)] }

  /// Returns the text with one to three changes of its bytes.
  mutating func damaged(_ text: [UInt8]) -> [UInt8] {
    var bytes = text
    for _ in 0..<(1 + random.integer(below: 3)) where !bytes.isEmpty {
      let place = random.integer(below: bytes.count)
      switch random.integer(below: 6) {
      case 0: bytes[place] ^= 1 << UInt8(random.integer(below: 8))
      case 1: bytes[place] = pick(Array(" \n\t:-#[]{}&*!|>'\"%@`,?~+.0aN".utf8) + [0, 0x1B, 0x7F, 0x80, 0xC2, 0xED, 0xEF, 0xFF])
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.integer(below: 20)))
      case 4: bytes.insert(contentsOf: Array(pick(NastyValues.scalars).utf8), at: place)
      default:
        bytes.insert(
          contentsOf: bytes[place..<min(bytes.count, place + 1 + random.integer(below: 60))], at: random.integer(below: place + 1))
      }
    }
    return bytes
  }

  /// Returns the text with one to three changes of its lines.
  mutating func rearranged(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<(1 + random.integer(below: 3)) {
      let place = random.integer(below: lines.count)
      switch random.integer(below: 12) {
      case 0: lines.swapAt(place, random.integer(below: lines.count))
      case 1 where lines.count > 1: lines.remove(at: place)
      case 2: lines.insert(lines[place], at: random.integer(below: lines.count))
      case 3: lines[place] = String(repeating: " ", count: 1 + random.integer(below: 6)) + lines[place]
      case 4: lines[place] = String(lines[place].dropFirst(1 + random.integer(below: 6)))
      case 5: lines[place] = pick(["- ", "? ", "\t", "...", "---\n", "\u{FEFF}", "<<: ", "vars: {a: ${b}, b: ${a}}\n"]) + lines[place]
      case 6: lines[place] += pick(["\r", " #", " &a", " |", ":", " \\", ",", "\u{2028}", "\u{85}"])
      case 7: lines[place] = lines[place].replacing(": ", with: "+: ", maxReplacements: 1)
      default: lines[place] = withOtherValue(lines[place])
      }
    }
    return lines.joined(separator: random.integer(below: 20) == 0 ? "\r\n" : "\n")
  }

  /// `key: value` with another value.
  private mutating func withOtherValue(_ line: String) -> String {
    guard let colon = line.firstIndex(of: ":") else { return line + pick(NastyValues.scalars) }
    return "\(line[...colon]) \(pick(NastyValues.scalars))"
  }
}
