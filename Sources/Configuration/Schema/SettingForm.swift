/// What may be written for a setting, as far as a JSON Schema can say it.
///
/// ``SettingShape`` says how a setting is read and completed; this says which values it takes.
public indirect enum SettingForm: Sendable, Equatable {
  /// A single value.
  case scalar(ScalarForm)
  /// A component of the kind with this name.
  case component(kind: String)
  /// A map of settings.
  case settings([SettingDescription])
  /// A list.
  case list(SettingForm)
  /// A map whose keys the user chooses.
  case dictionary(SettingForm)
  /// A single value or something else.
  case either(ScalarForm, SettingForm)

  static func of(_ type: Any.Type) -> SettingForm {
    if let scalar = type as? any ScalarSetting.Type { return .scalar(scalar.form) }
    if let choices = Choices.names(of: type) { return .scalar(ScalarForm(texts: .choices(choices))) }
    if let decodable = type as? any NodeDecodable.Type { return decodable.form }
    if let list = type as? any ListSetting.Type { return .list(of(list.elementType)) }
    if let dictionary = type as? any DictionarySetting.Type { return .dictionary(of(dictionary.elementType)) }
    if let optional = type as? any OptionalSetting.Type { return .either(ScalarForm([.null]), of(optional.wrappedType)) }
    func all<S: Settings>(_ type: S.Type) -> [SettingDescription] { SettingDescription.all(of: type) }
    if let settings = type as? any Settings.Type { return .settings(all(settings)) }
    return .scalar(.any)
  }
}
