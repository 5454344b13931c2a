/// The names of pictures in results: their paths inside the folder of the data set.
struct PictureNames {
  private let files: [String]
  private let prefix: String

  init(_ files: [String], folder: String?) {
    self.files = files
    prefix = folder.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
  }

  var count: Int { files.count }

  subscript(index: Int) -> String {
    let file = files[index]
    // Without a folder in common only the last part is a name that says nothing about the machine.
    if !prefix.isEmpty, file.hasPrefix(prefix) { return String(file.dropFirst(prefix.count)) }
    return file.split(separator: "/").last.map(String.init) ?? file
  }

  /// A picture's name without its suffix.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > (name.lastIndex(of: "/") ?? name.startIndex) else { return name }
    return String(name[..<dot])
  }
}
