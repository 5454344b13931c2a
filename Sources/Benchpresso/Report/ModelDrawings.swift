import Reports

/// Drawings of the models behind the curves.
enum ModelDrawings {
  static func add(to report: inout Report) {}
}
