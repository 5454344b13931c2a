import Testing
import Torch
import Weights

struct TensorShapeTests {
  @Test func shapesOfViews() throws {
    let input = try Tensor.range(24).reshaped([2, 3, 4])
    #expect(input.shape == [2, 3, 4] && input.strides == [12, 4, 1] && input.count == 24)
    let turned = try input.permuted([2, 0, 1])
    #expect(turned.shape == [4, 2, 3] && turned.strides == [1, 12, 4] && !turned.isContiguous)
    #expect(try turned.contiguous().strides == [6, 3, 1])
    #expect(try input.reshaped([4, -1]).shape == [4, 6])
    #expect(try input.selected(1, 2).elements() == [8, 9, 10, 11, 20, 21, 22, 23])
    #expect(try input.narrowed(2, from: 1, length: 2).shape == [2, 3, 2])
    #expect(try Tensor.range(3).reshaped([3, 1]).expanded([3, 2]).elements() == [0, 0, 1, 1, 2, 2])
  }

  @Test func bordersAreAddedAndTakenOff() throws {
    let input = try Tensor([Float(1), 2, 3, 4], shape: [1, 1, 2, 2])
    let padded = try input.padded(left: 1, right: 0, top: 0, bottom: 1, value: 9)
    #expect(padded.shape == [1, 1, 3, 3])
    #expect(try padded.elements() == [9, 1, 2, 9, 3, 4, 9, 9, 9])
    #expect(try padded.padded(left: -1, right: 0, top: 0, bottom: -1).elements() == [1, 2, 3, 4])
  }

  @Test func channelsLastRoundTrip() throws {
    let input = try Tensor.range(2 * 3 * 4 * 5).reshaped([2, 3, 4, 5])
    let last = try input.contiguous(.channelsLast)
    #expect(last.isChannelsLast && !last.isContiguous && last.shape == [2, 3, 4, 5] && last.strides == [60, 1, 15, 3])
    // Elements are read in the order of the shape, whatever the order in memory.
    #expect(try last.elements() == input.elements())
    let back = try last.contiguous()
    #expect(back.isContiguous && back.strides == input.strides)
    #expect(try back.elements() == input.elements())
    #expect(try last.stored() == input.stored())
  }

  @Test func copiesAreIndependentAndSharesAreNot() throws {
    let input = try Tensor([Float(1), 2], shape: [2])
    let (copy, share) = try (input.copy(), input.detached())
    try input.assign(Tensor(scalar: Float(7)))
    #expect(try copy.elements() == [1, 2])
    #expect(try share.elements() == [7, 7])
    try input.scale(by: 2)
    #expect(try input.elements() == [14, 14])
    try input.setZero()
    #expect(try share.elements() == [0, 0])
  }

  @Test func convolutionsAndPools() throws {
    let input = try Tensor.full([1, 1, 5, 5], 1)
    let ones = try Tensor.full([1, 1, 3, 3], 1)
    let bias = try Tensor.full([1], 0.5)
    #expect(
      try input.convolved(weight: ones, bias: bias, stride: 2, padding: 1).elements() == [4.5, 6.5, 4.5, 6.5, 9.5, 6.5, 4.5, 6.5, 4.5])
    #expect(try input.transposeConvolved(weight: ones, bias: nil, stride: 2, padding: 1, outputPadding: 1).shape == [1, 1, 10, 10])
    #expect(try input.averagePooled(kernel: 2, stride: 2, padding: [1, 1]).elements().first == 0.25)
    #expect(try Tensor.identity(2).multiplied(byMatrix: Tensor([Float(1), 2, 3, 4], shape: [2, 2])).elements() == [1, 2, 3, 4])
  }

  @Test func theDeviceIsTheProcessor() throws {
    let input = try Tensor.zeros([1])
    #expect(input.device == .cpu)
    #expect(try input.to(.cpu) === input)
    #expect(throws: TorchError.self) { try input.to(Device("no-such-device")) }
  }

  @Test func descriptionNamesTypeAndShape() throws {
    #expect(try "\(Tensor.zeros([2, 3], type: .int64))" == "int64[2, 3]")
  }
}
