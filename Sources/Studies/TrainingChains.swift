/// The trainings of a plan in chains: each one after the first starts from the weights of the one before it.
///
/// Without a warm start every training is a chain by itself.
public struct TrainingChains: Sendable, Equatable {
  /// One chain, by the places of its trainings among all trainings, the first in time first.
  public let all: [[Int]]

  /// Reads the chains of a plan.
  public init(_ plan: StudyPlan) {
    let fits = plan.units(of: .fit)
    let places = Dictionary(fits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var followers: [Int: Int] = [:]
    var heads: [Int] = []
    for (place, fit) in fits.enumerated() {
      if let before = fit.needs.lazy.compactMap({ places[$0] }).first { followers[before] = place } else { heads.append(place) }
    }
    all = heads.map { head in
      var chain = [head]
      while let last = chain.last, let next = followers[last], !chain.contains(next) { chain.append(next) }
      return chain
    }
  }

  /// The length of the longest chain.
  public var depth: Int { all.map(\.count).max() ?? 0 }

  /// Returns the place of the training that comes `steps` after the first of a chain; nil where there is none.
  public func place(head: Int, steps: Int) -> Int? {
    guard let chain = all.first(where: { $0.first == head }), chain.indices.contains(steps) else { return nil }
    return chain[steps]
  }
}
