import Reporting

/// The page that a server shows where there is nothing.
struct MissingPage {
  let site: Site
  let path: String

  init(_ site: Site, _ path: String) { (self.site, self.path) = (site, path) }

  var file: SiteFile {
    let frame = PageFrame(site: site, path: path, title: "Nothing here")
    return frame.file(
      .element("h1", [:], HTML("Nothing here"))
        + .element(
          "p", [:], HTML("The site has no page of this name. "), frame.anchor("index.html", "The start page"),
          HTML(" leads to all of them."))
    )
  }
}
