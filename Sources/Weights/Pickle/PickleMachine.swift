/// Runs a pickle (Python's serialisation, protocols 2 to 5) as far as checkpoints need it.
///
/// Pickles are programs for a stack machine. This one builds plain containers and descriptions of tensors. It can call nothing but
/// ``PickleGlobal``, so a hostile file can do no more than be refused. Memory stays proportional to the file, since every instruction
/// pushes at most one value and every length is checked against the bytes that are left.
struct PickleMachine {
  var reader: ByteReader
  var heap = PickleHeap()
  var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// The values that calls may still copy; without a bound, repeated copies of one container would grow with the square of the file.
  private var copies: Int

  init(_ reader: ByteReader) {
    self.reader = reader
    copies = reader.bytes.count
  }

  /// Runs one pickle up to its end and returns its value; what it built stays in ``heap``.
  mutating func run() throws(WeightsProblem) -> PickleValue {
    stack = []
    marks = []
    memo = [:]
    while true {
      let code = try reader.byte()
      if code == UInt8(ascii: ".") { return try pop() }
      if try pushConstant(code) { continue }
      if try pushContainer(code) { continue }
      if try remember(code) { continue }
      guard try call(code) else { throw reader.malformed("the pickle has the unknown instruction \(code)") }
    }
  }

  // MARK: Stack

  mutating func push(_ value: PickleValue) { stack.append(value) }

  mutating func pop() throws(WeightsProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0 else { throw reader.malformed("the pickle takes a value that is not there") }
    return stack.removeLast()
  }

  mutating func mark() { marks.append(stack.count) }

  mutating func popToMark() throws(WeightsProblem) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw reader.malformed("the pickle has no mark here") }
    let values = [PickleValue](stack[mark...])
    stack.removeSubrange(mark...)
    return values
  }

  /// Returns the last `count` values in the order of pushing.
  mutating func pop(_ count: Int) throws(WeightsProblem) -> [PickleValue] {
    guard stack.count - count >= marks.last ?? 0 else { throw reader.malformed("the pickle takes a value that is not there") }
    let values = [PickleValue](stack.suffix(count))
    stack.removeLast(count)
    return values
  }

  /// Counts `count` values that a call copies.
  mutating func copy(_ count: Int) throws(WeightsProblem) {
    guard count <= copies else { throw reader.malformed("the pickle copies its containers too often") }
    copies -= count
  }

  // MARK: Memo

  /// Runs the instructions that copy, drop, store and fetch values; returns false for any other.
  private mutating func remember(_ code: UInt8) throws(WeightsProblem) -> Bool {
    switch code {
    case UInt8(ascii: "0"):
      if stack.count == marks.last { marks.removeLast() } else { _ = try pop() }
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"): push(try top())
    case UInt8(ascii: "q"): memo[Int(try reader.byte())] = try top()
    case UInt8(ascii: "r"): memo[Int(try reader.littleEndian(UInt32.self))] = try top()
    case 0x94: memo[memo.count] = try top()
    case UInt8(ascii: "h"): try fetch(Int(try reader.byte()))
    case UInt8(ascii: "j"): try fetch(Int(try reader.littleEndian(UInt32.self)))
    default: return false
    }
    return true
  }

  private func top() throws(WeightsProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw reader.malformed("the pickle takes a value that is not there")
    }
    return value
  }

  private mutating func fetch(_ index: Int) throws(WeightsProblem) {
    guard let value = memo[index] else { throw reader.malformed("the pickle fetches the value \(index), which it has not stored") }
    push(value)
  }
}
