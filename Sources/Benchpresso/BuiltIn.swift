import Codecs
import Datasets
import LatentModels
import Layers
import Metrics
import Models
import PerceptualMetrics
public import Registry
import Training

/// What ships with Benchpresso.
public enum BuiltIn {
  /// The version of the program.
  public static let version = "0.1.0"

  /// The entries of all rooms.
  public static let entries: [Entry] =
    LayerEntries.all + BlockEntries.all + LatentModelEntries.all + ModelEntries.all + DatasetEntries.all + TrainingEntries.all
    + CodecEntries.all
    + [LearnedCodecEntry.entry] + MetricEntries.all + PerceptualMetricEntries.all

  /// Returns the catalogue of all that ships and of `additions`.
  ///
  /// - Throws: `RegistryError` when two components have one name.
  public static func catalogue(adding additions: [Entry] = []) throws(RegistryError) -> Catalogue { try Catalogue(entries + additions) }
}
