import Testing
import Torch

@testable import LatentModels

@Suite struct CodingOrderTests {
  @Test(arguments: GroupedContexts.names, [(1, 1), (2, 2), (3, 5), (8, 4), (9, 9)])
  func everyElementIsInOneGroup(name: String, size: (height: Int, width: Int)) throws {
    let context = try GroupedContexts.make(name)
    let order = context.order(height: size.height, width: size.width)
    let numbers = try order.groupNumbers(channels: context.channels, height: size.height, width: size.width)
    #expect(numbers.count == context.channels * size.height * size.width)
  }

  @Test func overlapsAndGapsAreRefused() {
    let twice = CodingOrder([ElementGroup(channels: 0..<2), ElementGroup(channels: 1..<3)])
    #expect(throws: LatentModelError.order(reason: "groups 0 and 1 share an element")) {
      try twice.groupNumbers(channels: 3, height: 2, width: 2)
    }
    let gap = CodingOrder([ElementGroup(channels: 0..<3, places: .evenSquares)])
    #expect(throws: LatentModelError.order(reason: "channel 0 has an element in no group")) {
      try gap.groupNumbers(channels: 3, height: 2, width: 2)
    }
    #expect(throws: LatentModelError.order(reason: "group 0 reaches beyond 2 channels")) {
      try CodingOrder.atOnce(channels: 3).groupNumbers(channels: 2, height: 1, width: 1)
    }
  }

  @Test func stagesOfThePapers() {
    #expect(MultistageContext.cells(window: 2) == [.init(0, 0), .init(0, 1), .init(1, 0), .init(1, 1)])
    #expect(MultistageContext.cells(window: 4).map { $0.row * 4 + $0.column } == [0, 4, 1, 12, 3, 2, 8, 5, 7, 15, 11, 6, 9, 10, 13, 14])
    #expect(CosineSlicingContext.sliceSizes(channels: 320, count: 4) == [24, 69, 104, 123])
    #expect(SpaceChannelContext.groupSizes(channels: 320) == [16, 16, 32, 64, 192])
    #expect(SpaceChannelContext.groupSizes(channels: 192) == [16, 16, 32, 64, 64])
    #expect(SpaceChannelContext.groupSizes(channels: 48) == [2, 2, 4, 9, 31])
    #expect(SpaceChannelContext.groupSizes(channels: 1) == [1])
  }
}
