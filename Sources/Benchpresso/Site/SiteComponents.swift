import Configuration
import Registry
import Site
import Taxonomy

/// The components of the program as a site shows them.
struct SiteComponents {
  let catalogue: Catalogue
  let bibliography: Bibliography

  /// All components.
  ///
  /// - Parameter cost: Says what one costs; nil where it has no cost.
  func all(cost: (Entry) -> String?) -> [SiteComponent] {
    catalogue.entries.sorted { $0.classPath < $1.classPath }.map { entry in
      var component = component(ComponentDescription(entry, catalogue: catalogue, bibliography: bibliography, cost: nil))
      component.cost = cost(entry)
      return component
    }
  }

  /// Counts what a component costs, which takes libtorch and up to a second.
  func cost(_ entry: Entry) -> String? { ComponentCost.isKnown(of: entry) ? ComponentCost(entry, catalogue: catalogue).text : nil }

  private func component(_ description: ComponentDescription) -> SiteComponent {
    var component = SiteComponent(classPath: description.classPath, kind: description.kind, summary: description.summary)
    (component.aliases, component.leaves) = (description.aliases, description.taxonomyLeaves)
    component.equation = description.equation
    (component.outside, component.example) = (description.outsideTaxonomy, description.example)
    (component.paperKey, component.paper) = (description.paper?.key, description.paper?.text)
    component.settings = description.settings.map { setting in
      let choices = setting.choices.isEmpty || setting.type.contains("one of") ? "" : ", one of \(setting.choices.joined(separator: ", "))"
      return .init(
        key: setting.key, type: setting.type + choices, defaultValue: setting.defaultValue.onOneLine, documentation: setting.documentation)
    }
    return component
  }
}
