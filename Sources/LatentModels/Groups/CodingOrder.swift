/// The groups of a latent's elements in the order in which they are coded; each element is in one of them.
///
/// A context model is described by its order and by what it makes of the groups before: the same data drives training, estimation and coding.
public struct CodingOrder: Hashable, Sendable {
  /// The groups.
  public let groups: [ElementGroup]

  /// Creates an order.
  public init(_ groups: [ElementGroup]) { self.groups = groups }

  /// The order that codes everything at once.
  public static func atOnce(channels: Int) -> CodingOrder { CodingOrder([ElementGroup(channels: 0..<channels)]) }

  /// Returns for each element of a `[channels, height, width]` latent, in row-major order, the number of its group.
  ///
  /// - Throws: ``LatentModelError/order(reason:)`` when an element is in no group or in two.
  public func groupNumbers(channels: Int, height: Int, width: Int) throws(LatentModelError) -> [Int] {
    var numbers = [Int](repeating: -1, count: channels * height * width)
    for (number, group) in groups.enumerated() {
      let start = group.channels.lowerBound * height * width
      for element in group.elements(height: height, width: width) {
        let place = start + Int(element)
        guard numbers.indices.contains(place) else { throw .order(reason: "group \(number) reaches beyond \(channels) channels") }
        guard numbers[place] < 0 else { throw .order(reason: "groups \(numbers[place]) and \(number) share an element") }
        numbers[place] = number
      }
    }
    if let free = numbers.firstIndex(of: -1) {
      throw .order(reason: "channel \(free / (height * width)) has an element in no group")
    }
    return numbers
  }
}
