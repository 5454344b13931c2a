import Site
import WebServing

/// What a served site answers: its files, the JSON below `api/`, and a page for all else.
struct SiteAnswers: Sendable {
  let live: LiveSite
  let interface: SiteInterface

  func answer(_ request: WebRequest) -> WebResponse {
    if request.path.hasPrefix("api/"), let response = interface.answer(request) { return response }
    let site: Site
    do {
      site = try live.site()
    } catch {
      return WebResponse(status: 500, type: "text/plain; charset=utf-8", text: "The registry cannot be read: \(error)\n")
    }
    if let file = site.file(request.path.isEmpty ? "index.html" : request.path) {
      return WebResponse(type: file.kind.rawValue, text: file.text)
    }
    let missing = site.missing(request.path)
    return WebResponse(status: 404, type: missing.kind.rawValue, text: missing.text)
  }
}
