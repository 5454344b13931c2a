extension PickleMachine {
  /// Runs the instructions that build and fill containers; returns false for any other.
  mutating func pushContainer(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case UInt8(ascii: "("): mark()
    case UInt8(ascii: ")"), UInt8(ascii: "]"): push(heap.sequence([]))
    case UInt8(ascii: "t"), UInt8(ascii: "l"): push(heap.sequence(try popToMark()))
    case 0x85, 0x86, 0x87: push(heap.sequence(try pop(Int(code) - 0x84)))
    case UInt8(ascii: "a"): try append([try pop()])
    case UInt8(ascii: "e"): try append(try popToMark())
    case UInt8(ascii: "}"): push(heap.dictionary())
    case UInt8(ascii: "d"):
      let values = try popToMark()
      push(heap.dictionary(try pairs(values)))
    case UInt8(ascii: "s"): try insert(try pop(2))
    case UInt8(ascii: "u"): try insert(try popToMark())
    case 0x8f: push(.opaque)
    case 0x90:
      _ = try popToMark()
      guard stack.last == .opaque else { throw reader.malformed("the pickle adds to something that is not a set") }
    case 0x91:
      _ = try popToMark()
      push(.opaque)
    default: return false
    }
    return true
  }

  /// Returns alternating keys and values as pairs.
  func pairs(_ values: [PickleValue]) throws(WeightsProblem) -> [(key: PickleValue, value: PickleValue)] {
    guard values.count % 2 == 0 else { throw reader.malformed("the pickle has a key without a value") }
    return stride(from: 0, to: values.count, by: 2).map { (values[$0], values[$0 + 1]) }
  }

  private mutating func append(_ values: [PickleValue]) throws(WeightsProblem) {
    guard case .sequence(let index) = stack.last else { throw reader.malformed("the pickle appends to something that is not a list") }
    heap.sequences[index].append(contentsOf: values)
  }

  private mutating func insert(_ values: [PickleValue]) throws(WeightsProblem) {
    guard case .dictionary(let index) = stack.last else {
      throw reader.malformed("the pickle puts a key into something that is not a dictionary")
    }
    heap.dictionaries[index].append(contentsOf: try pairs(values))
  }
}
