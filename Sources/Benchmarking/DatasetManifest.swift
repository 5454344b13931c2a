import Crypto
public import SafeFiles

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
      let own = hexadecimal(SHA256.hash(data: try FileBytes.read(files[index])))
      whole.update(data: Array("\(own)  \(names[index])\n".utf8))
    }
    return hexadecimal(whole.finalize())
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
