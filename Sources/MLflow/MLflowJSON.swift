import Foundation

/// JSON as MLflow writes it: keys in snake_case, and numbers that are not finite as texts.
enum MLflowJSON {
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}

struct Created: Decodable {
  let experimentId: String
}

struct ExperimentAnswer: Decodable {
  struct Experiment: Decodable {
    let experimentId: String
    let lifecycleStage: String?
  }

  let experiment: Experiment
}

struct NewRun: Encodable {
  let experimentId: String
  let runName: String
  let startTime: Int
  let tags: [MLflowBatch.Text]
}

struct RunAnswer: Decodable {
  struct Run: Decodable {
    let info: Info
  }

  struct Info: Decodable {
    let runId: String
    let experimentId: String
    let artifactUri: String

    var run: MLflowServer.Run { MLflowServer.Run(runID: runId, experimentID: experimentId, artifactURI: artifactUri) }
  }

  let run: Run
}

struct BatchBody: Encodable {
  let runId: String
  let metrics: [MLflowBatch.Metric]
  let params: [MLflowBatch.Text]
  let tags: [MLflowBatch.Text]
}

struct Update: Encodable {
  let runId: String
  let status: MLflowServer.Status
  let endTime: Int?
}

struct Refusal: Decodable {
  let errorCode: String?
  let message: String?
}

struct Nothing: Decodable {}
