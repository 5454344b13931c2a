import Crypto
public import SafeFiles
import Weights

/// The identity of a list of picture files.
public enum DatasetManifest {
  /// Returns the SHA-256, in hexadecimal digits, of a list of the files.
  ///
  /// The list has one line for each file, sorted by path: the SHA-256 of the file, two spaces and its path inside `folder`. It is what `sha256sum`
  /// prints there.
  ///
  /// - Throws: `FileError` when a file cannot be read.
  public static func sha256(_ files: [String], in folder: String?) throws(FileError) -> String {
    let names = PictureNames(files, folder: folder)
    var whole = SHA256()
    for index in files.indices.sorted(by: { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }) {
      let own = Hash.hexadecimal(Array(SHA256.hash(data: try FileBytes.read(files[index]))))
      whole.update(data: Array("\(own)  \(names[index])\n".utf8))
    }
    return Hash.hexadecimal(Array(whole.finalize()))
  }
}
