/// What the exit status of the program says.
enum ExitStatus {
  /// Done.
  static let success: Int32 = 0
  /// It failed while running.
  static let failure: Int32 = 1
  /// The command line or the configuration is wrong; nothing was run.
  static let usage: Int32 = 2
  /// The job was put back into the queue of the cluster and will continue.
  static let requeued: Int32 = 75
  /// Added to the number of a signal that ended the program: 130 for Ctrl-C, 143 for SIGTERM.
  static let signal: Int32 = 128
}
