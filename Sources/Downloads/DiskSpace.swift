#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The room that is left on a disk.
public enum DiskSpace {
  /// Returns the bytes that may still be written in the folder at `path`; nil when the system does not say.
  public static func free(at path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let (bytes, isTooLarge) = UInt(status.f_bavail).multipliedReportingOverflow(by: UInt(status.f_frsize))
    return isTooLarge || bytes > UInt(Int.max) ? Int.max : Int(bytes)
  }

  /// Makes sure that `needed` bytes may be written in `folder`.
  ///
  /// - Throws: ``DownloadError/space(folder:needed:free:)``.
  static func check(_ needed: Int, in folder: String) throws(DownloadError) {
    if let free = free(at: folder), free < needed { throw DownloadError.space(folder: folder, needed: needed, free: free) }
  }
}
