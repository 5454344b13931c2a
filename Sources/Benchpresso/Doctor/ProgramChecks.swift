import Images

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program itself and the libraries it is linked with.
enum ProgramChecks {
  static var program: DoctorCheck {
    DoctorCheck("benchpresso", .ok, "\(BuiltIn.version), \(path ?? "its place is unknown")", purpose: "all that follows", isRequired: true)
  }

  static var libraries: [DoctorCheck] {
    [
      DoctorCheck("libpng", .ok, PNG.libraryVersion, purpose: "PNG pictures", isRequired: true),
      DoctorCheck("libjpeg", .ok, JPEG.libraryVersion, purpose: "JPEG pictures and the codec codecs.JPEG", isRequired: true),
    ]
  }

  private static var path: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    #if canImport(Darwin)
      var size = UInt32(buffer.count)
      guard _NSGetExecutablePath(&buffer, &size) == 0 else { return nil }
    #else
      guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return nil }
    #endif
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
