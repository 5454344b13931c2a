import Configuration
import Registry
import Reporting

/// Settings as a text for people: key, type, default, and what it means.
struct SettingsReference {
  /// The settings in their order; settings within settings have dotted keys.
  let settings: [SettingDescription]
  /// What every key starts with, for example `--`.
  var prefix = ""

  /// Returns the text, each line with `indent` spaces before it.
  func text(indent: Int) -> String {
    let space = String(repeating: " ", count: indent)
    // A group is explained by its members.
    return settings.map { setting in
      var lines = ["\(space)\(prefix)\(setting.key)  \(Self.type(setting))"]
      if !setting.documentation.isEmpty { lines.append(TextWrap.indented(setting.documentation, indent: indent + 4)) }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The type with null and the default: `an integer or null, default null`.
  static func type(_ setting: SettingDescription) -> String {
    let type = setting.isOptional ? setting.type + (setting.type.contains(" or ") ? ", or null" : " or null") : setting.type
    if setting.shape == .settings { return type }
    let path = setting.shape == .file ? setting.defaultValue.string.map { PathText.short($0) } : nil
    return "\(type), default \(path ?? short(setting.defaultValue))"
  }

  /// A value on one line; of a component with many arguments the class path alone, since the example shows the rest.
  private static func short(_ value: Node) -> String {
    let text = value.onOneLine
    guard text.count > 80, let name = value["class_path"]?.string else { return text }
    return "{class_path: \(name), …}"
  }

  /// Every setting of an experiment, for `--help-all`.
  static func ofExperiment() -> String {
    """
    SETTINGS (of every stage; arguments of components: benchpresso describe CLASS)
    \(SettingsReference(settings: SettingDescription.all(of: Experiment.self), prefix: "--").text(indent: 2))
    """
  }
}
