import Configuration
import Layers
import Registry
import Torch

/// A recombination as a configuration describes it, checked against the stages of its base.
struct RecombinedPlan {
  /// The network.
  let network: NetworkPlan

  init(_ settings: RecombinedSettings, context: BuildContext) throws(ConfigurationError) {
    let shared = ["channels", "expansion_channels", "activation"]
    let suggestions = Dictionary(uniqueKeysWithValues: shared.map { ($0, context.suggestion($0)) })
    let base = try context.build(settings.base, as: NetworkPlan.self, suggesting: suggestions)
    guard let stages = base.stages else {
      throw ConfigurationError(
        mark: context.mark(of: "base"), path: context.path(of: "base"),
        "\(settings.base.classPath) does not tell its stages, so that none can be replaced; name a network of FactorizedPrior, Cheng2020Anchor, "
          + "Cheng2020Attention or ELIC")
    }
    let isInverse = if case .enlarges = base.scale { true } else { false }
    var slots = Slots(input: base.input, stages: stages, isInverse: isInverse, context: context)
    slots.checkNumbers(settings)
    slots.replace(.nonlinearity, by: settings.nonlinearity, only: settings.only)
    slots.replace(.residual, by: settings.residual, only: settings.only)
    slots.replace(.attention, by: settings.attention, only: settings.only)
    if let insert = settings.insert { slots.insert(insert, after: settings.after) }
    guard slots.problems.isEmpty else { throw ConfigurationError(slots.problems) }
    let (replaced, inserted) = (slots.replaced, slots.inserted)
    network = NetworkPlan(input: base.input, output: base.output, scale: base.scale, stages: slots.result) { seeds in
      let network = try base.build(seeds: seeds)
      guard let staged = network as? any StagedNetwork else { throw UnknownReach(layer: "\(type(of: network))") }
      return RecombinedNetwork(
        base: staged, replaced: try replaced.mapValuesInOrder { try $0.build(seeds: seeds) },
        inserted: try inserted.mapValuesInOrder { try $0.build(seeds: seeds) })
    }
  }

  /// Which blocks come where.
  private struct Slots {
    let input: StatedNumber
    let stages: [NetworkStage]
    let isInverse: Bool
    let context: BuildContext
    var replaced: [Int: BlockPlan] = [:]
    var inserted: [Int: BlockPlan] = [:]
    var problems: [Problem] = []

    /// The stages that come of it; what is inserted counts as attention, and a block in place of a non-linearity as residual.
    var result: [NetworkStage] {
      let first = inserted[-1] == nil ? [] : [NetworkStage(.attention, input)]
      return first
        + stages.enumerated().flatMap { number, stage in
          let kept = replaced[number] == nil || stage.role != .nonlinearity ? stage : NetworkStage(.residual, stage.channels)
          return inserted[number] == nil ? [kept] : [kept, NetworkStage(.attention, stage.channels)]
        }
    }

    mutating func checkNumbers(_ settings: RecombinedSettings) {
      for (argument, numbers) in [("only", settings.only ?? []), ("after", settings.after)] {
        guard let number = numbers.first(where: { !(-1..<stages.count ~= $0) }) else { continue }
        report(
          "the base has the stages 0 to \(stages.count - 1) (\(stages.map(\.role.rawValue).joined(separator: ", "))), found \(number)",
          at: argument)
      }
    }

    mutating func replace(_ role: NetworkStage.Role, by component: Component<BlockKind>?, only: [Int]?) {
      guard let component else { return }
      let places = stages.indices.filter { stages[$0].role == role && only?.contains($0) != false }
      if places.isEmpty {
        let roles = stages.map(\.role.rawValue).joined(separator: ", ")
        report("there is no such stage to replace; the stages of the base are \(roles)", at: role.rawValue)
      }
      for place in places {
        replaced[place] =
          plan(component, role.rawValue, channels: stages[place].channels, "stage \(place) of the base has") ?? replaced[place]
      }
    }

    mutating func insert(_ component: Component<BlockKind>, after numbers: [Int]) {
      for number in Set(numbers).sorted() where -1..<stages.count ~= number {
        let (channels, start) = number < 0 ? (input, "the base takes") : (stages[number].channels, "stage \(number) of the base gives")
        inserted[number] = plan(component, "insert", channels: channels, start)
      }
    }

    private mutating func plan(_ component: Component<BlockKind>, _ argument: String, channels: StatedNumber, _ start: String) -> BlockPlan?
    {
      do throws(ConfigurationError) {
        return try context.block(component, argument: argument, channels: channels, of: start, isInverse: isInverse)
      } catch {
        // A block that fits nowhere is told once.
        problems += error.problems.filter { new in !problems.contains { $0.path == new.path } }
        return nil
      }
    }

    private mutating func report(_ sentence: String, at argument: String) {
      problems.append(Problem(mark: context.mark(of: argument), path: context.path(of: argument), sentence: sentence))
    }
  }
}

extension Dictionary where Key == Int {
  /// Maps the values in the order of the keys, so that what draws random numbers does it in one order.
  fileprivate func mapValuesInOrder<Result>(_ transform: (Value) throws -> Result) rethrows -> [Int: Result] {
    var result: [Int: Result] = [:]
    for (key, value) in sorted(by: { $0.key < $1.key }) { result[key] = try transform(value) }
    return result
  }
}
