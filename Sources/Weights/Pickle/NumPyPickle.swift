/// Nested dictionaries of NumPy arrays in a pickle, read by the few instructions that such a file needs.
///
/// Only float32 arrays in row-major little-endian order are taken, and no globals but NumPy's three for building arrays; everything else is
/// refused, as are arrays that together are larger than the file, arrays and dictionaries that stand at two places, and tuples nested more than three deep.
public enum NumPyPickle {
  /// Returns the arrays under their keys joined by points: `VGG16_0.Conv_0.kernel`.
  ///
  /// - Parameter name: the file's name, for errors.
  /// - Throws: ``WeightsError`` when the bytes are cut, hold anything else, or name another global.
  public static func decode(_ bytes: [UInt8], name: String) throws(WeightsError) -> StoredTensors {
    try WeightsError.naming(name) { () throws(WeightsProblem) in
      var machine = NumPyPickleMachine(ByteReader(bytes, part: "the pickle of arrays"))
      return try machine.run()
    }
  }
}

/// The stack machine of ``NumPyPickle``.
private struct NumPyPickleMachine {
  private enum Value {
    case none
    case bool(Bool)
    case int(Int)
    case text(String)
    case bytes(Range<Int>)
    case tuple([Value])
    case dictionary(Int)
    case array(Int)
    case type(Int)
    case global(String)
  }

  private var reader: ByteReader
  private var stack: [Value] = []
  private var marks: [Int] = []
  private var memo: [Int: Value] = [:]
  private var dictionaries: [[(key: String, value: Value)]] = []
  private var arrays: [StoredTensor?] = []
  private var types: [Bool] = []
  /// The bytes of all arrays.
  private var size = 0
  /// The dictionaries and the arrays that were collected.
  private var collected: (dictionaries: Set<Int>, arrays: Set<Int>) = ([], [])

  init(_ reader: ByteReader) { self.reader = reader }

  mutating func run() throws(WeightsProblem) -> StoredTensors {
    while true {
      let code = try reader.byte()
      if code == UInt8(ascii: ".") { break }
      if try push(code) { continue }
      guard try combine(code) else { throw reader.malformed("the instruction \(code) is not one for arrays") }
    }
    var result = StoredTensors()
    try collect(try pop(), prefix: "", depth: 0, into: &result)
    return result
  }

  private mutating func push(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case 0x80: _ = try reader.byte()
    case UInt8(ascii: "N"): stack.append(.none)
    case 0x88: stack.append(.bool(true))
    case 0x89: stack.append(.bool(false))
    case UInt8(ascii: "J"): stack.append(.int(Int(try reader.littleEndian(Int32.self))))
    case UInt8(ascii: "K"): stack.append(.int(Int(try reader.byte())))
    case UInt8(ascii: "M"): stack.append(.int(Int(try reader.littleEndian(UInt16.self))))
    case UInt8(ascii: "X"): stack.append(.text(try reader.text(Int(try reader.littleEndian(UInt32.self)))))
    case UInt8(ascii: "C"): stack.append(.bytes(try reader.range(Int(try reader.byte()))))
    case UInt8(ascii: "B"): stack.append(.bytes(try reader.range(Int(try reader.littleEndian(UInt32.self)))))
    case UInt8(ascii: "q"): memo[Int(try reader.byte())] = try top()
    case UInt8(ascii: "r"): memo[Int(try reader.littleEndian(UInt32.self))] = try top()
    case UInt8(ascii: "h"): try fetch(Int(try reader.byte()))
    case UInt8(ascii: "j"): try fetch(Int(try reader.littleEndian(UInt32.self)))
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "}"):
      dictionaries.append([])
      stack.append(.dictionary(dictionaries.count - 1))
    case UInt8(ascii: "c"):
      let module = try reader.line()
      let name = "\(module).\(try reader.line())"
      guard ["numpy.core.multiarray._reconstruct", "numpy.ndarray", "numpy.dtype"].contains(name) else { throw .forbiddenGlobal(name) }
      stack.append(.global(name))
    default: return false
    }
    return true
  }

  private mutating func combine(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case 0x85, 0x86, 0x87: stack.append(try tuple(of: try pop(Int(code) - 0x84)))
    case UInt8(ascii: "t"): stack.append(try tuple(of: try popToMark()))
    case UInt8(ascii: "s"): try insert(try pop(2))
    case UInt8(ascii: "u"): try insert(try popToMark())
    case UInt8(ascii: "R"): try reduce(try pop(2))
    case UInt8(ascii: "b"): try build(try pop())
    default: return false
    }
    return true
  }

  private mutating func reduce(_ values: [Value]) throws(WeightsProblem) {
    switch values[0] {
    case .global("numpy.dtype"):
      guard case .tuple(let arguments) = values[1], case .text("f4")? = arguments.first else {
        throw reader.malformed("an array is not of 32-bit floating-point numbers")
      }
      types.append(false)
      stack.append(.type(types.count - 1))
    case .global("numpy.core.multiarray._reconstruct"):
      arrays.append(nil)
      stack.append(.array(arrays.count - 1))
    default: throw reader.malformed("the pickle calls something that builds no array")
    }
  }

  private mutating func build(_ state: Value) throws(WeightsProblem) {
    guard case .tuple(let state) = state else { throw reader.malformed("an array has no state") }
    switch try top() {
    case .type(let index):
      guard state.count > 1, case .text("<") = state[1] else { throw .bigEndian }
      types[index] = true
    case .array(let index):
      guard state.count == 5, case .tuple(let sizes) = state[1], case .type(let type) = state[2], types[type],
        case .bool(false) = state[3], case .bytes(let range) = state[4]
      else { throw reader.malformed("an array is not in row-major order") }
      var shape: [Int] = []
      for size in sizes {
        guard case .int(let size) = size else { throw reader.malformed("an array has a shape that is not of whole numbers") }
        shape.append(size)
      }
      guard shape.count <= 8, ElementCount.bytes(shape: shape, type: .float32) == range.count else {
        throw reader.malformed("an array has another number of bytes than its shape says")
      }
      size += range.count
      guard size <= reader.bytes.count else { throw .tooLarge(limit: reader.bytes.count) }
      arrays[index] = StoredTensor(type: .float32, shape: shape, bytes: [UInt8](reader.bytes[range]))
    default: throw reader.malformed("the pickle sets the state of something that is no array")
    }
  }

  private mutating func insert(_ values: [Value]) throws(WeightsProblem) {
    guard case .dictionary(let index) = try top(), values.count % 2 == 0 else { throw reader.malformed("a key has no dictionary") }
    for place in stride(from: 0, to: values.count, by: 2) {
      guard case .text(let key) = values[place] else { throw reader.malformed("a key is no text") }
      dictionaries[index].append((key, values[place + 1]))
    }
  }

  /// A deep nest of tuples would be taken apart by as deep a recursion.
  private func tuple(of values: [Value]) throws(WeightsProblem) -> Value {
    func depth(_ value: Value) -> Int { if case .tuple(let inner) = value { 1 + (inner.map(depth).max() ?? 0) } else { 0 } }
    let tuple = Value.tuple(values)
    guard depth(tuple) <= 3 else { throw reader.malformed("tuples are nested more than three deep") }
    return tuple
  }

  private mutating func collect(_ value: Value, prefix: String, depth: Int, into result: inout StoredTensors) throws(WeightsProblem) {
    switch value {
    case .array(let index):
      guard let tensor = arrays[index] else { throw reader.malformed("an array has no elements") }
      guard collected.arrays.insert(index).inserted else { throw reader.malformed("an array stands at two places") }
      guard result[prefix] == nil else { throw .duplicateName(prefix) }
      result[prefix] = tensor
    case .dictionary(let index) where depth < 8:
      guard collected.dictionaries.insert(index).inserted else { throw reader.malformed("a dictionary stands at two places") }
      for (key, value) in dictionaries[index] {
        try collect(value, prefix: prefix.isEmpty ? key : "\(prefix).\(key)", depth: depth + 1, into: &result)
      }
    default: throw reader.malformed("there is something else than arrays in dictionaries")
    }
  }

  private mutating func fetch(_ index: Int) throws(WeightsProblem) {
    guard let value = memo[index] else { throw reader.malformed("a value is fetched that was not stored") }
    stack.append(value)
  }

  private func top() throws(WeightsProblem) -> Value {
    guard let value = stack.last else { throw reader.malformed("a value is missing") }
    return value
  }

  private mutating func pop() throws(WeightsProblem) -> Value {
    guard let value = stack.popLast() else { throw reader.malformed("a value is missing") }
    return value
  }

  private mutating func pop(_ count: Int) throws(WeightsProblem) -> [Value] {
    guard stack.count >= count else { throw reader.malformed("a value is missing") }
    defer { stack.removeLast(count) }
    return [Value](stack.suffix(count))
  }

  private mutating func popToMark() throws(WeightsProblem) -> [Value] {
    guard let mark = marks.popLast(), mark <= stack.count else { throw reader.malformed("a mark is missing") }
    defer { stack.removeSubrange(mark...) }
    return [Value](stack[mark...])
  }
}
