import Configuration
import Training

/// The files of a run, as JSON; null where there is none.
struct RunReport: Encodable {
  let folder: String
  let configuration: String
  let last: String?
  let best: String?

  init(_ run: RunFolder) {
    folder = run.path
    configuration = run.configuration
    last = PathText.exists(run.last) ? run.last : nil
    best = PathText.exists(run.best) ? run.best : nil
  }
}
