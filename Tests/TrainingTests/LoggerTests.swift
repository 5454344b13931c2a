import Configuration
import EventFiles
import Foundation
import Images
import Registry
import SafeFiles
import Synchronization
import Testing

@testable import Training

/// Logs of every kind, and several at once.
struct LoggerTests {
  /// A logger that keeps what it is told.
  final class Recorder: TrainingLogger, TrainingLog {
    struct Failure: Error {}

    let heard = Mutex<[String]>([])
    let fails: Bool

    init(fails: Bool = false) { self.fails = fails }

    private func hear(_ words: String) { heard.withLock { $0.append(words) } }

    func open(_ run: LoggedRun) throws -> any TrainingLog {
      hear("open \(run.name) \(run.step) \(run.hyperparameters.map(\.name).joined(separator: ","))")
      return self
    }

    func write(_ scalars: [LoggedScalar], step: Int) throws {
      hear("\(step) \(scalars.first?.name ?? "")")
      if fails { throw Failure() }
    }

    func write(_ image: Image, name: String, step: Int) { hear("\(step) picture \(name)") }
    func finish(_ status: RunStatus) { hear("\(status)") }
    func takeWarnings() -> [String] { ["beware"] }
  }

  private func settings(_ yaml: String) throws -> TrainerSettings {
    try SettingsDecoder.decode(
      TrainerSettings.self, from: ConfigurationFile.parse(yaml, source: "a.yaml"), path: "trainer",
      components: Catalogue(TrainingEntries.all)
    )
  }

  @Test func severalLogsHearTheSame() throws {
    var tiny = try TinyTraining()
    tiny.settings.maxSteps = 4
    tiny.settings.logEveryNSteps = 2
    tiny.settings.valCheckInterval = .count(2)
    let recorders = [Recorder(), Recorder()]
    let trainer = try tiny.trainer(parts: TrainerParts(callbacks: [], loggers: [CSVLogger(), TensorBoardLogger()] + recorders))
    var warnings: [String] = []
    _ = try trainer.fit(
      tiny.state(), shouldStop: { false }, observe: { if case .warning(let sentence) = $0 { warnings.append(sentence) } })
    let heard = recorders[0].heard.withLock { $0.filter { !$0.contains("picture") } }
    #expect(heard.first?.hasSuffix("/version_0 0 name") == true, "\(heard)")
    #expect(heard.dropFirst() == ["2 train/loss", "2 val/loss", "4 train/loss", "4 val/loss", "finished"])
    #expect(recorders[1].heard.withLock { $0.filter { !$0.contains("picture") } } == heard)
    #expect(Set(warnings) == ["beware"])
    let run = tiny.run()
    #expect(try Folder.names(in: "\(run.path)/tensorboard").count == 1)
    let svg = String(decoding: try FileBytes.read("\(run.path)/rd.svg"), as: UTF8.self)
    #expect(svg.components(separatedBy: "<circle").count == 3)
    #expect(RateDistortionScatter(folder: run, upTo: 4).count == 2 && RateDistortionScatter(folder: run, upTo: 3).count == 1)
    #expect(RateDistortionScatter(folder: run, upTo: 0).count == 0)
  }

  @Test func anErrorAndAStopAreTold() throws {
    let tiny = try TinyTraining()
    let (failing, other) = (Recorder(fails: true), Recorder())
    #expect(throws: Recorder.Failure.self) {
      try tiny.trainer(parts: TrainerParts(callbacks: [], loggers: [failing, other])).fit(
        tiny.state(), shouldStop: { false }, observe: { _ in })
    }
    // The other log still gets the numbers, and both learn how it ended.
    #expect(other.heard.withLock { Array($0.dropFirst()) } == ["1 train/loss", "failed"])
    #expect(failing.heard.withLock { $0.last } == "failed")
    let stopped = Recorder()
    _ = try tiny.trainer(parts: TrainerParts(callbacks: [], loggers: [stopped])).fit(
      tiny.state(), shouldStop: { true }, observe: { _ in })
    #expect(stopped.heard.withLock { $0.last } == "interrupted")
  }

  @Test func aTrialLogsNothing() throws {
    var tiny = try TinyTraining()
    tiny.settings.fastDevRun = FastDevRun(batches: 1)
    let recorder = Recorder()
    _ = try tiny.trainer(parts: TrainerParts(loggers: [recorder])).fit(tiny.state(), shouldStop: { false }, observe: { _ in })
    #expect(recorder.heard.withLock { $0 } == [])
  }

  @Test func settingsBecomeAFlatList() throws {
    let tree = try ConfigurationFile.parse("a: {b: [1, {c: true}], d: null, e: 1.5}\nf: x\n", source: "a.yaml")
    let flat = LoggedRun.Hyperparameter.all(of: tree)
    #expect(flat.map(\.name) == ["a.b[0]", "a.b[1].c", "a.e", "f"])
    #expect(flat.map(\.value) == [.number(1), .truth(true), .number(1.5), .text("x")])
    #expect(flat.map(\.value.text) == ["1", "true", "1.5", "x"])
  }

  @Test func aNewNumberGetsAColumn() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/metrics.csv"
    let log = try MetricsLog(path: path, continuingFrom: 0)
    try log.write([LoggedScalar("train/loss", 1)], step: 1)
    try log.write([LoggedScalar("val/loss", 2), LoggedScalar("val/ms,ssim", 3), LoggedScalar("test/loss", 4)], step: 2)
    let lines = String(decoding: try FileBytes.read(path), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      lines == [
        MetricsLog.header + ",\"ms,ssim\"", "1,train,1.0,,,,,,,,,,", "2,validate,2.0,,,,,,,,,,3.0", "2,test,4.0,,,,,,,,,,",
      ])
  }

  @Test func metricsAreKeptWhereverElseTheyGo() throws {
    let catalogue = try Catalogue(TrainingEntries.all)
    let both = try TrainerParts(settings("logger: [TensorBoard]"), catalogue: catalogue).loggers
    #expect(both.count == 2 && both[0] is CSVLogger && both[1] is TensorBoardLogger)
    #expect(try TrainerParts(settings("logger: [TensorBoard, CSV]"), catalogue: catalogue).loggers.count == 2)
    #expect(try TrainerParts(settings("logger: false"), catalogue: catalogue).loggers.isEmpty)
    let named = try settings(
      "logger: [{class_path: lightning.pytorch.loggers.MLFlowLogger, init_args: {tracking_uri: 'https://a', tags: {b: c}}}, {class_path: TensorBoard, init_args: {folder: a/b}}, TensorBoard]"
    )
    #expect(named.logger.loggers.map(\.classPath) == ["loggers.MLflow", "loggers.TensorBoard", "loggers.TensorBoard"])
    #expect(try TrainerParts(named, catalogue: catalogue).loggers.count == 4)
  }

  @Test(arguments: [
    ("{class_path: TensorBoard, init_args: {folder: ../a}}", "must be the name of a folder inside the run's folder"),
    ("{class_path: TensorBoard, init_args: {folder: /a}}", "must be the name of a folder inside the run's folder"),
    ("{class_path: MLflow, init_args: {tracking_uri: ./mlruns}}", "'mlflow server' starts one"),
    ("{class_path: MLflow, init_args: {tracking_uri: 'http://u:p@host'}}", "must not hold a password"),
    ("{class_path: MLflow, init_args: {experiment_name: ''}}", "must not be empty"),
  ])
  func mistakes(yaml: String, sentence: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try settings("logger: \(yaml)") }
    #expect("\(error)".contains(sentence), "\(error)")
  }

  @Test func aNewRunNeedsItsServerAndAnOldOneDoesNot() throws {
    let folder = try TestFolder()
    let run = RunFolder(path: folder.path)
    #expect(throws: TrainingError.noTrackingServer) {
      try MLflowLogger(environment: [:]).open(LoggedRun(folder: run, step: 0))
    }
    // Nothing listens at port 1.
    let logger = MLflowLogger(environment: ["MLFLOW_TRACKING_URI": "http://127.0.0.1:1"])
    #expect(throws: (any Error).self) { try logger.open(LoggedRun(folder: run, step: 0)) }
    let identity =
      #"{"run":{"artifactURI":"mlflow-artifacts:/1/r/artifacts","experimentID":"1","runID":"r"},"server":"http://127.0.0.1:1"}"#
    try AtomicFile.write(identity, to: "\(folder.path)/mlflow.json")
    let log = try logger.open(LoggedRun(folder: run, step: 5))
    try log.write([LoggedScalar("train/loss", 1)], step: 6)
    try log.write(Image(width: 1, height: 1, pixels: [1, 2, 3]), name: "rd", step: 6)
    try log.finish(.interrupted)
    let warnings = log.takeWarnings()
    #expect(warnings.count == 2 && warnings[0].contains("training goes on"), "\(warnings)")
    let waiting = String(decoding: try FileBytes.read("\(folder.path)/mlflow-unsent.jsonl"), as: UTF8.self)
    for words in ["RUNNING", "train/loss", "images/rd/step-6.png", "KILLED"] { #expect(waiting.contains(words), "\(waiting)") }
  }
}
