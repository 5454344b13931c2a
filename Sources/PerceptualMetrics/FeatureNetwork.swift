import Torch
import Weights

/// The convolutions of an ImageNet network up to its last tap, in stages that end where features are taken.
struct FeatureNetwork {
  /// What precedes the convolutions of a stage.
  enum Entrance {
    case none
    case maximumPool(kernel: Int, stride: Int)
    /// The root of the sum of squares under a 3×3 window of weights, stride 2; the pooling of DISTS.
    case energyPool
  }

  struct Convolution {
    let weight: Tensor
    let bias: Tensor
    let stride: Int
    let padding: Int
  }

  struct Stage {
    let entrance: Entrance
    let convolutions: [Convolution]
  }

  let stages: [Stage]

  /// VGG16 up to relu5_3; taps relu1_2, relu2_2, relu3_3, relu4_3, relu5_3.
  static func vgg(_ tensors: StoredTensors, poolsEnergy: Bool = false) throws -> FeatureNetwork {
    let counts = [2, 2, 3, 3, 3]
    var next = 0
    let stages = try counts.enumerated().map { index, count in
      let entrance: Entrance = index == 0 ? .none : poolsEnergy ? .energyPool : .maximumPool(kernel: 2, stride: 2)
      let convolutions = try (next..<next + count).map { try convolution($0, tensors, stride: 1, padding: 1) }
      next += count
      return Stage(entrance: entrance, convolutions: convolutions)
    }
    return FeatureNetwork(stages: stages)
  }

  /// AlexNet up to relu5; taps after each of the five convolutions.
  static func alex(_ tensors: StoredTensors) throws -> FeatureNetwork {
    let shapes: [(stride: Int, padding: Int)] = [(4, 2), (1, 2), (1, 1), (1, 1), (1, 1)]
    let stages = try shapes.enumerated().map { index, shape in
      Stage(
        entrance: 1...2 ~= index ? .maximumPool(kernel: 3, stride: 2) : .none,
        convolutions: [try convolution(index, tensors, stride: shape.stride, padding: shape.padding)])
    }
    return FeatureNetwork(stages: stages)
  }

  private static func convolution(_ index: Int, _ tensors: StoredTensors, stride: Int, padding: Int) throws -> Convolution {
    Convolution(
      // Pictures and weights lie with their channels last, which spares the library a rearrangement at each convolution.
      weight: try MetricWeights.tensor("conv\(index).weight", in: tensors).contiguous(.channelsLast),
      bias: try MetricWeights.tensor("conv\(index).bias", in: tensors),
      stride: stride, padding: padding)
  }

  /// Returns the features of stage `index` from what precedes it.
  func features(_ input: Tensor, stage index: Int) throws -> Tensor {
    var result = input
    switch stages[index].entrance {
    case .none: break
    case .maximumPool(let kernel, let stride): result = try Self.maximumPool(result, [kernel, kernel], [stride, stride])
    case .energyPool: result = try Self.energyPooled(result)
    }
    for convolution in stages[index].convolutions {
      result = try Self.rectify(
        result.convolved(weight: convolution.weight, bias: convolution.bias, stride: convolution.stride, padding: convolution.padding))
    }
    return result
  }

  private static let maximumPool = Operator("aten::max_pool2d")
  private static let rectify = Operator("aten::relu_")

  private static func energyPooled(_ input: Tensor) throws -> Tensor {
    let channels = input.shape[1]
    let window: [Float] = [1, 2, 1, 2, 4, 2, 1, 2, 1].map { $0 / 16 }
    let filter = try Tensor(window, shape: [1, 1, 3, 3]).expanded([channels, 1, 3, 3]).contiguous()
    return try (input.squared().convolved(weight: filter, bias: nil, stride: 2, padding: 1, groups: channels) + 1e-12).squareRoot()
  }
}
