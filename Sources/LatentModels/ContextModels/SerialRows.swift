/// What a walk over the places works in, allocated once.
struct SerialRows {
  /// φ of each place of a line.
  let context: FloatRows
  /// What the first layer gives for each place of a line.
  let hidden: FloatRows
  /// What each later layer gives.
  let outputs: [FloatRows]
}
