import ModelRegistry
import Site
import Synchronization

/// A site whose results are those of the registry at the moment when a page is asked for.
final class LiveSite: Sendable {
  private let registry: LiveRegistry
  private let current: Mutex<Current>

  private struct Current {
    var contents: SiteContents
    var site: Site
    var state: LiveRegistry.State?
    var isNew = true
  }

  /// - Parameter contents: All but the records.
  init(_ contents: SiteContents, _ registry: LiveRegistry) {
    self.registry = registry
    current = Mutex(Current(contents: contents, site: Site(contents)))
  }

  /// The site of the moment; it is put together anew where the registry changed.
  ///
  /// - Throws: `RegistryError`.
  func site() throws -> Site {
    try current.withLock { current in
      // The state is taken before the records: what is added in between is seen at the next look.
      let state = registry.state
      guard current.isNew || state != current.state else { return current.site }
      current.contents.records = try registry.store().map { try SiteRecords(store: $0).all() } ?? []
      current.site = Site(current.contents)
      (current.state, current.isNew) = (state, false)
      return current.site
    }
  }

  /// Says what a component costs.
  func setCost(_ classPath: String, _ cost: String?) {
    current.withLock { current in
      guard let index = current.contents.components.firstIndex(where: { $0.classPath == classPath }) else { return }
      current.contents.components[index].cost = cost
      current.isNew = true
    }
  }
}
