/// A Python value that a pickle builds, as far as checkpoints need it.
///
/// Containers live in ``PickleHeap`` and are named by their index there. Values thus stay flat: aliases and cycles cost nothing, and
/// a pickle that nests a million tuples cannot exhaust the stack when they are released.
enum PickleValue: Equatable {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  case sequence(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case storage(Int)
  case tensor(Int)
  /// A value that was read through and whose contents do not matter here: bytes, long integers, sets, devices.
  case opaque
}

/// The containers, storages and tensors that a pickle has built.
struct PickleHeap {
  /// Tuples and lists.
  var sequences: [[PickleValue]] = []
  /// Dictionaries as pairs in the order of insertion; of equal keys the last one counts.
  var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  var storages: [StorageReference] = []
  var tensors: [TensorReference] = []

  mutating func sequence(_ values: [PickleValue]) -> PickleValue {
    sequences.append(values)
    return .sequence(sequences.count - 1)
  }

  mutating func dictionary(_ pairs: [(key: PickleValue, value: PickleValue)] = []) -> PickleValue {
    dictionaries.append(pairs)
    return .dictionary(dictionaries.count - 1)
  }

  /// Returns the elements of a tuple or a list, or nothing.
  func elements(_ value: PickleValue) -> [PickleValue]? {
    guard case .sequence(let index) = value else { return nil }
    return sequences[index]
  }

  /// Returns the elements of a tuple or list of at most `count` integers, or nothing.
  func integers(_ value: PickleValue, atMost count: Int) -> [Int]? {
    guard let elements = elements(value), elements.count <= count else { return nil }
    var integers: [Int] = []
    for element in elements {
      guard case .int(let integer) = element else { return nil }
      integers.append(integer)
    }
    return integers
  }
}

/// A run of elements that tensors share, named by its key in the file.
struct StorageReference: Equatable {
  let key: String
  let type: ElementType
  /// The first element of this storage within the storage of that key; not 0 only in files of very old versions.
  let offset: Int
}

/// A view of a storage: the element at index `i` is at `offset + Σ i[d] · strides[d]`.
struct TensorReference: Equatable {
  let storage: StorageReference
  let offset: Int
  let shape: [Int]
  let strides: [Int]
}
