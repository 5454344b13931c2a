import BenchmarkClock
import Torch

/// What was measured of one pair of layers.
struct Comparison {
  let name: String
  let ordinary: Double
  let octave: Double
  /// The ratios of all rounds, increasing.
  let ratios: [Double]
  /// The multiply–accumulates of the ordinary one over those of the octave one.
  let expected: Double

  init(of pair: ConvolutionPair, training: Bool, rounds: Int, warmUp: Int) throws {
    var times: [(ordinary: Double, octave: Double)] = []
    for round in 0..<warmUp + rounds {
      var time = (ordinary: 0.0, octave: 0.0)
      for isOctave in round.isMultiple(of: 2) ? [false, true] : [true, false] {
        if isOctave {
          time.octave = try Clock.seconds { try pair.runOctave(training: training) }
        } else {
          time.ordinary = try Clock.seconds { try pair.runOrdinary(training: training) }
        }
      }
      if round >= warmUp { times.append(time) }
    }
    func median(_ values: [Double]) -> Double {
      let sorted = values.sorted()
      return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
    name = pair.name + (training ? ", with gradients" : "")
    (ordinary, octave) = (median(times.map(\.ordinary)), median(times.map(\.octave)))
    ratios = times.map { $0.ordinary / $0.octave }.sorted()
    let counts = try [{ try pair.runOrdinary(training: false) }, { try pair.runOctave(training: false) }]
      .map { Double(try LayerTrace.recording($0).multiplyAccumulates) }
    expected = counts[0] / counts[1]
  }

  private var median: Double { (ratios[(ratios.count - 1) / 2] + ratios[ratios.count / 2]) / 2 }
  private var middleHalf: (Double, Double) { (ratios[ratios.count / 4], ratios[ratios.count - 1 - ratios.count / 4]) }

  private static func text(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  var text: String {
    "\(name): \(Self.text(1000 * ordinary)) ms and \(Self.text(1000 * octave)) ms, \(Self.text(median)) times as fast "
      + "(half of the rounds \(Self.text(middleHalf.0)) to \(Self.text(middleHalf.1))); products \(Self.text(expected)) times fewer"
  }

  var json: String {
    "{\"name\": \"\(name)\", \"ordinary\": \(ordinary), \"octave\": \(octave), \"median_ratio\": \(median), "
      + "\"middle_half\": [\(middleHalf.0), \(middleHalf.1)], \"ratio_of_products\": \(expected)}"
  }
}
