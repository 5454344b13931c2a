package import Registry
import Studies

/// Reading a study file from its text to its units, for what checks the reader from outside.
package enum StudyReading {
  /// Reads a file, and every configuration that it makes.
  ///
  /// - Parameter expands: Whether the configurations are made; otherwise the study file alone is read.
  /// - Returns: The number of units; 0 where they are not made.
  /// - Throws: `ConfigurationError` with all that is wrong.
  package static func read(_ path: String, catalogue: Catalogue, expands: Bool) throws -> Int {
    let file = try StudyFile(path)
    return expands ? try StudyExpansion(file, catalogue: catalogue).plan.units.count : 0
  }
}
