/// What stops a training.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss became infinite or not a number.
  case diverged(step: Int)
  /// The same, with the pictures of the batch and the newest checkpoint of the run.
  case divergedOn(step: Int, pictures: [String], checkpoint: String?)
  /// A watched metric of a validation became infinite or not a number.
  case notFinite(metric: String, step: Int)
  /// Parameters that belong to both optimisers or to none.
  case groups(parameters: [String])
  /// A share of the batches is less than one batch.
  case shareOfBatches(setting: String, share: Double, batches: Int)
  /// The data set gave no batch.
  case noData
  /// `loggers.MLflow` knows no address.
  case noTrackingServer
  /// MS-SSIM is not defined for pictures of this size.
  case tooSmallForMSSSIM(height: Int, width: Int)
  /// The model halves the sides of pictures, and these cannot be halved as often.
  case sides(height: Int, width: Int, multiple: Int)

  /// One sentence with the cause and the remedy.
  public var description: String {
    switch self {
    case .diverged(let step):
      "the loss is no longer finite at step \(step); continue from the last checkpoint with a smaller learning rate or with gradient clipping"
    case .divergedOn(let step, let pictures, let checkpoint):
      "the loss is no longer finite at step \(step); the batch is \(pictures.joined(separator: ", ")); "
        + (checkpoint.map { "the last good checkpoint is '\($0)': continue from it with a smaller learning rate or with gradient clipping" }
          ?? "no checkpoint was written before; train with a smaller learning rate or with gradient clipping")
    case .notFinite(let metric, let step):
      "\(metric) is no longer finite after step \(step); continue from an earlier checkpoint with a smaller learning rate, or set check_finite: "
        + "false to go on regardless"
    case .groups(let parameters):
      "each parameter belongs to one of the two optimisers, which does not hold for \(parameters.joined(separator: ", ")); "
        + "see the model's mainParameters and auxiliaryParameters"
    case .shareOfBatches(let setting, let share, let batches):
      "\(setting) asks for \(BatchCount.share(share).text) of \(batches == 1 ? "one batch" : "\(batches) batches"), which is less than one; "
        + "raise it, or write a number of batches"
    case .noData: "the data set gave no batch to train on"
    case .noTrackingServer:
      "loggers.MLflow knows no server; set its tracking_uri or the variable MLFLOW_TRACKING_URI, as http://127.0.0.1:5000"
    case .tooSmallForMSSSIM(let height, let width):
      "the loss metric ms_ssim needs pictures with sides of more than \(MultiscaleSimilarity.sizeLimit) pixels, these have \(width)×\(height); "
        + "take a larger patch_size, or the loss metric mse"
    case .sides(let height, let width, let multiple):
      "training and validation need pictures whose sides are multiples of \(multiple), these have \(width)×\(height); "
        + "cut them with a transform that has a patch_size, such as transform.RandomCrop"
    }
  }
}
