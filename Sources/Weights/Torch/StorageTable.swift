/// Turns views of storages into contiguous tensors; each storage is fetched and checked once.
struct StorageTable {
  private let fetch: (StorageReference) throws(WeightsProblem) -> ArraySlice<UInt8>
  private var fetched: [String: ArraySlice<UInt8>] = [:]
  /// The bytes that the tensors may still take.
  ///
  /// Views can repeat elements, so a small file could ask for more memory than there is.
  private var budget: Int
  private let limit: Int

  /// The largest rank that PyTorch supports.
  static let largestRank = 64

  /// Creates a table for a file of `limit` bytes whose storages `fetch` finds.
  init(limit fileSize: Int, fetch: @escaping (StorageReference) throws(WeightsProblem) -> ArraySlice<UInt8>) {
    self.fetch = fetch
    limit = 4 * fileSize + 1 << 26
    budget = limit
  }

  /// Returns the elements of a view in row-major order.
  mutating func tensor(_ view: TensorReference, name: String) throws(WeightsProblem) -> StoredTensor {
    let type = view.storage.type
    let storage = try bytes(of: view.storage)
    let outside = WeightsProblem.outsideStorage(tensor: name, storage: view.storage.key)
    guard view.shape.count == view.strides.count, let size = ElementCount.bytes(shape: view.shape, type: type) else { throw outside }
    if size == 0 { return StoredTensor(type: type, shape: view.shape, bytes: []) }
    guard let range = Self.elements(view), range.upperBound <= storage.count / type.byteCount else { throw outside }
    guard size <= budget else { throw .tooLarge(limit: limit) }
    budget -= size

    let first = storage.startIndex + range.lowerBound * type.byteCount
    if Self.isContiguous(view) { return StoredTensor(type: type, shape: view.shape, bytes: [UInt8](storage[first..<(first + size)])) }
    return StoredTensor(type: type, shape: view.shape, bytes: Self.gathered(view, storage, first: first, size: size))
  }

  private mutating func bytes(of storage: StorageReference) throws(WeightsProblem) -> ArraySlice<UInt8> {
    if let known = fetched[storage.key] { return known }
    let bytes = try fetch(storage)
    fetched[storage.key] = bytes
    return bytes
  }

  /// Returns the smallest range of elements that holds the view, or nothing when a number is negative or does not fit.
  private static func elements(_ view: TensorReference) -> Range<Int>? {
    guard view.offset >= 0, view.storage.offset >= 0 else { return nil }
    let (first, overflow) = view.offset.addingReportingOverflow(view.storage.offset)
    if overflow { return nil }
    var last = first
    for (size, stride) in zip(view.shape, view.strides) {
      let (reach, overflow) = stride.multipliedReportingOverflow(by: size - 1)
      let (sum, carry) = last.addingReportingOverflow(reach)
      guard stride >= 0, !overflow, !carry, sum < .max else { return nil }
      last = sum
    }
    return first..<(last + 1)
  }

  /// Whether the elements lie one after the other; strides of dimensions of size 1 do not matter.
  private static func isContiguous(_ view: TensorReference) -> Bool {
    var expected = 1
    for (size, stride) in zip(view.shape, view.strides).reversed() where size != 1 {
      if stride != expected { return false }
      expected *= size
    }
    return true
  }

  /// Copies the elements of a view in row-major order by counting through its indices.
  private static func gathered(_ view: TensorReference, _ storage: ArraySlice<UInt8>, first: Int, size: Int) -> [UInt8] {
    let width = view.storage.type.byteCount
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    // The stride of a dimension of size 1 is never used and may be any number, so it must not enter the arithmetic.
    let steps = zip(view.shape, view.strides).map { $0 == 1 ? 0 : $1 * width }
    var index = [Int](repeating: 0, count: view.shape.count)
    var place = first
    while bytes.count < size {
      bytes.append(contentsOf: storage[place..<(place + width)])
      for dimension in index.indices.reversed() {
        index[dimension] += 1
        place += steps[dimension]
        if index[dimension] < view.shape[dimension] { break }
        place -= view.shape[dimension] * steps[dimension]
        index[dimension] = 0
      }
    }
    return bytes
  }
}
