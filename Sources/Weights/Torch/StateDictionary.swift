/// Finding the state_dict inside what a checkpoint holds.
enum StateDictionary {
  /// The keys under which training programs put the state_dict, in order of preference.
  private static let nestings = ["network", "state_dict", "model_state_dict", "model"]
  /// How many dictionaries may lie one inside the other; a pickle can nest thousands.
  private static let deepest = 8

  /// Returns the named tensors in their order, each name once.
  ///
  /// A nested dictionary is preferred to tensors beside it, because training programs store the loss as a tensor beside the state_dict.
  static func find(in root: PickleValue, heap: PickleHeap) throws(WeightsProblem) -> [(name: String, tensor: TensorReference)] {
    var visited: Set<Int> = []
    let tensors = tensors(in: root, heap: heap, depth: 0, visited: &visited)
    guard tensors.isEmpty else { return tensors }
    let keys = heap.members(root)?.map(\.key).prefix(20) ?? []
    throw .noTensors(keys: [String](keys))
  }

  /// Each dictionary is looked into once: one that holds itself under all four names would otherwise be walked thousands of times.
  private static func tensors(
    in value: PickleValue, heap: PickleHeap, depth: Int, visited: inout Set<Int>
  ) -> [(name: String, tensor: TensorReference)] {
    guard depth < deepest, case .dictionary(let index) = value, visited.insert(index).inserted, let members = heap.members(value) else {
      return []
    }
    for nesting in nestings {
      guard let nested = members.first(where: { $0.key == nesting })?.value else { continue }
      let tensors = tensors(in: nested, heap: heap, depth: depth + 1, visited: &visited)
      if !tensors.isEmpty { return tensors }
    }
    return members.compactMap { member in
      if case .tensor(let index) = member.value { (member.key, heap.tensors[index]) } else { nil }
    }
  }
}

extension PickleHeap {
  /// Returns the members of a dictionary whose keys are text; of equal keys the last value at the first place, or nothing for other values.
  func members(_ value: PickleValue) -> [(key: String, value: PickleValue)]? {
    guard case .dictionary(let index) = value else { return nil }
    var members: [(key: String, value: PickleValue)] = []
    var places: [String: Int] = [:]
    for (key, value) in dictionaries[index] {
      guard case .string(let key) = key else { continue }
      if let place = places[key] {
        members[place].value = value
      } else {
        places[key] = members.count
        members.append((key, value))
      }
    }
    return members
  }

  /// Returns the value of `key` in a dictionary, or nothing.
  func value(of key: String, in dictionary: PickleValue) -> PickleValue? {
    members(dictionary)?.first { $0.key == key }?.value
  }
}
