/// Learns the keys, types and defaults of settings from what their decoding asks for.
final class SettingsRecorder {
  private(set) var descriptions: [SettingDescription] = []
  private let texts = SettingTexts()

  func record(_ type: Any.Type, overlay: Overlay) { add(type, overlay: overlay, isOptional: false) }
  func recordOptional(_ type: Any.Type, overlay: Overlay) { add(type, overlay: overlay, isOptional: true) }

  private func add(_ type: Any.Type, overlay: Overlay, isOptional: Bool) {
    texts.enter(type, path: overlay.path)
    guard !overlay.path.isEmpty, !overlay.path.contains("["), !descriptions.contains(where: { $0.key == overlay.path }) else { return }
    let description = SettingDescription(
      key: overlay.path, type: SettingDescription.typeName(type), isOptional: isOptional, choices: Choices.names(of: type) ?? [],
      defaultValue: overlay.fallback ?? .null, shape: SettingShape.of(type), form: SettingForm.of(type),
      documentation: texts.text(of: overlay.path))
    descriptions.append(description)
  }
}

/// What one setting is.
public struct SettingDescription: Sendable, Equatable {
  /// The dotted path within the settings.
  public let key: String
  /// The type in words, for example `an integer` or `a list of numbers`.
  public let type: String
  /// Whether null is possible.
  public let isOptional: Bool
  /// The possible texts; empty when it is not a choice.
  public let choices: [String]
  /// The default.
  public let defaultValue: Node
  /// What kind of value it is.
  public let shape: SettingShape
  /// What may be written for it, null apart.
  public let form: SettingForm
  /// What the setting means, in sentences; empty when its type says nothing.
  public let documentation: String

  /// Returns what is known of all settings of `type`, in their order; settings within settings follow with their dotted path.
  public static func all<S: Settings>(of type: S.Type) -> [SettingDescription] {
    let recorder = SettingsRecorder()
    _ = SettingsDecoder.decode(type, from: Node(.map([])), path: "", context: SettingsContext(components: nil, recorder: recorder))
    return recorder.descriptions
  }

  static func typeName(_ type: Any.Type) -> String {
    if let scalar = type as? any ScalarSetting.Type { return scalar.expectation }
    if let choices = Choices.names(of: type) { return "one of \(choices.joined(separator: ", "))" }
    if let decodable = type as? any NodeDecodable.Type { return decodable.typeDescription }
    if let list = type as? any ListSetting.Type { return "a list, each \(typeName(list.elementType))" }
    if let dictionary = type as? any DictionarySetting.Type { return "a map, each \(typeName(dictionary.elementType))" }
    if let optional = type as? any OptionalSetting.Type { return "null or \(typeName(optional.wrappedType))" }
    return "a map of settings"
  }
}
