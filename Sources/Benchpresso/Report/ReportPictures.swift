import Images
import Reports
import Results
import SafeFiles

/// Decoded pictures of a curve: `CURVE=FOLDER` on the command line.
struct PictureFolder: Equatable {
  let curve: String
  let folder: String

  init?(_ word: String) {
    // Names of curves may have an equals sign, folders seldom do.
    guard let sign = word.lastIndex(of: "="), sign != word.startIndex, word.index(after: sign) != word.endIndex else { return nil }
    curve = String(word[..<sign])
    let path = String(word[word.index(after: sign)...])
    folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}

/// Chooses pictures at nearly one rate for the viewer, as many as the page may hold.
struct ReportPictures {
  let originals: String
  let folders: [PictureFolder]
  let rates: [Double]
  /// In bytes of the page.
  let budget: Int

  /// Reads the pictures; what is missing is told in the notes of the report.
  func chosen(for report: inout Report) throws -> PictureSet {
    var set = PictureSet()
    guard Folder.exists(originals) else { throw UsageError.needs("--originals: there is no folder \(originals)") }
    var sources: [(curve: ReportCurve, folder: String)] = []
    for entry in folders {
      guard let curve = report.curves.first(where: { $0.name == entry.curve }) else {
        let names = Set(report.curves.map(\.name)).sorted().joined(separator: ", ")
        throw UsageError.needs("--pictures: there is no curve '\(entry.curve)'; there are \(names)")
      }
      guard Folder.exists(entry.folder) else { throw UsageError.needs("--pictures: there is no folder \(entry.folder)") }
      guard curve.measured.points.allSatisfy({ !$0.images.isEmpty }) else {
        throw UsageError.needs("--pictures: '\(entry.curve)' has no numbers of single images, so that its rates are unknown")
      }
      sources.append((curve, entry.folder))
    }
    set.levels = rates.isEmpty ? Self.middle(sources.map(\.curve)).map { [$0] } ?? [] : rates.sorted()
    guard !set.levels.isEmpty else { return set }
    let names = Self.common(sources.map(\.curve))
    var candidates: [[Candidate]] = []
    var missing = 0
    for name in names {
      guard let original = Self.file(named: name, in: originals) else {
        missing += 1
        continue
      }
      let versions = set.levels.indices.flatMap { level in
        sources.compactMap { candidate(name, $0.curve, $0.folder, level: level, rate: set.levels[level]) }
      }
      if !versions.isEmpty { candidates.append([Candidate(name: name, path: original, version: nil)] + versions) }
    }
    if missing > 0 { report.notes.append("\(missing) of \(names.count) pictures are not in \(originals)") }
    let shown = try Self.fitting(candidates, budget: budget)
    if shown.count < candidates.count {
      report.notes.append("\(shown.count) of \(candidates.count) pictures fit into the page; --picture-budget makes room for more")
    }
    for group in shown { if let picture = try Self.read(group, notes: &report.notes) { set.pictures.append(picture) } }
    if set.pictures.isEmpty { report.notes.append("the viewer has no pictures: no decoded picture was found in the folders of --pictures") }
    return set
  }

  /// A file, of the original where there is no version.
  private struct Candidate {
    let name: String
    let path: String
    let version: (curve: String, label: String, level: Int, rate: Double, psnr: Double?)?
  }

  /// The median over the curves of the rate of their middle points.
  static func middle(_ curves: [ReportCurve]) -> Double? {
    let rates = curves.compactMap { curve -> Double? in
      let sorted = curve.measured.points.compactMap(rate).sorted()
      return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }.sorted()
    return rates.isEmpty ? nil : rates[rates.count / 2]
  }

  private static func rate(_ point: MeasuredCurve.Point) -> Double? { point.values["bpp_file"] ?? point.values["bpp"] }

  private static func common(_ curves: [ReportCurve]) -> [String] {
    let lists = curves.flatMap { $0.measured.points.map { $0.images.map(\.name) } }
    guard let first = lists.first else { return [] }
    let common = lists.reduce(Set(first)) { $0.intersection($1) }
    return first.filter(common.contains)
  }

  /// The file of the rate point whose picture is nearest to the rate.
  private func candidate(_ name: String, _ curve: ReportCurve, _ folder: String, level: Int, rate: Double) -> Candidate? {
    let points = curve.measured.points
    let found = points.enumerated().compactMap { index, point -> (path: String, label: String, values: [String: Double])? in
      let places = points.count == 1 ? [folder, "\(folder)/point_1"] : ["\(folder)/point_\(index + 1)", "\(folder)/\(point.label)"]
      guard let path = places.lazy.compactMap({ Self.file(named: name, in: $0) }).first,
        let image = point.images.first(where: { $0.name == name })
      else { return nil }
      return (path, point.label, image.values)
    }
    func own(_ values: [String: Double]) -> Double { values["bpp_file"] ?? values["bpp"] ?? .infinity }
    guard let best = found.min(by: { abs(own($0.values) - rate) < abs(own($1.values) - rate) }) else { return nil }
    return Candidate(
      name: name, path: best.path, version: (curve.name, best.label, level, own(best.values), best.values["psnr"]))
  }

  private static func file(named name: String, in folder: String) -> String? {
    ["png", "jpg", "jpeg", "webp", "ppm", "PNG", "JPG"].lazy.map { "\(folder)/\(name).\($0)" }.first { FileBytes.exists($0) }
  }

  /// As many groups as the budget holds, spread over the whole list.
  private static func fitting(_ groups: [[Candidate]], budget: Int) throws -> [[Candidate]] {
    let sizes = try groups.map { try $0.reduce(0) { $0 + (try FileBytes.count(of: $1.path)) * 4 / 3 } }
    for count in stride(from: groups.count, to: 0, by: -1) {
      let places = (0..<count).map { $0 * groups.count / count }
      if places.reduce(0, { $0 + sizes[$1] }) <= budget { return places.map { groups[$0] } }
    }
    return []
  }

  private static func read(_ group: [Candidate], notes: inout [String]) throws -> PictureSet.Picture? {
    guard let original = group.first else { return nil }
    let size = try ImageFile.size(of: original.path)
    var versions: [PictureSet.Version] = []
    for candidate in group.dropFirst() {
      guard let version = candidate.version else { continue }
      let own = try ImageFile.size(of: candidate.path)
      guard own == size else {
        notes.append(
          "\(candidate.path) has \(own.width)×\(own.height) pixels and its original \(size.width)×\(size.height); pictures that were cut are not shown"
        )
        continue
      }
      versions.append(
        PictureSet.Version(
          curve: version.curve, label: version.label, level: version.level, rate: version.rate, psnr: version.psnr,
          bytes: try bytes(candidate.path)))
    }
    guard !versions.isEmpty else { return nil }
    return PictureSet.Picture(
      name: original.name, width: size.width, height: size.height, original: try bytes(original.path), versions: versions)
  }

  /// The bytes of a file that a browser shows.
  private static func bytes(_ path: String) throws -> [UInt8] {
    path.hasSuffix(".ppm") ? try PNG.encode(try ImageFile.read(path)) : try FileBytes.read(path)
  }
}
