/// The words that an encoder has pushed; a decoder reads the last one first.
struct WordStack: ~Copyable {
  private var base: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  /// Where the next word goes.
  ///
  /// Who pushes keeps it in a register meanwhile, and writes no further than what is reserved.
  var top: UnsafeMutablePointer<UInt32>

  init(capacity: Int) {
    base = .allocate(capacity: max(capacity, 1))
    self.capacity = max(capacity, 1)
    top = base
  }

  deinit { base.deallocate() }

  /// Makes room for so many more words.
  mutating func reserve(_ words: Int) {
    let count = top - base
    guard count + words > capacity else { return }
    let wider = max(2 * capacity, count + words)
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: wider)
    copy.moveInitialize(from: base, count: count)
    base.deallocate()
    (base, capacity, top) = (copy, wider, copy + count)
  }

  /// The finished stream: the states, then the words from the last to the first, all little-endian.
  func bytes(after states: [UInt64]) -> [UInt8] {
    let count = 4 * (top - base) + 8 * states.count
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      var place = 0
      for state in states {
        raw.storeBytes(of: state.littleEndian, toByteOffset: place, as: UInt64.self)
        place &+= 8
      }
      var word = top
      while word > base {
        word -= 1
        raw.storeBytes(of: word.pointee.littleEndian, toByteOffset: place, as: UInt32.self)
        place &+= 4
      }
      initialized = count
    }
  }
}
