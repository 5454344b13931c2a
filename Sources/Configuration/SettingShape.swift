/// What kind of value a setting holds, as far as reading, describing and completing configurations have to know.
public indirect enum SettingShape: Sendable, Equatable {
  /// A number or a text.
  case value
  /// True or false.
  case flag
  /// One of several texts.
  case choice
  /// A file or a folder.
  case file
  /// A component of the kind with this name.
  case component(kind: String)
  /// A map of settings.
  case settings
  /// A list.
  case list(SettingShape)
  /// A map whose keys the user chooses.
  case dictionary(SettingShape)

  /// Whether a map is expected, so that a text can only be a class path or a file that holds the map.
  public var takesMap: Bool {
    switch self {
    case .component, .settings, .dictionary: true
    case .list(let element): element.takesMap
    case .value, .flag, .choice, .file: false
    }
  }

  /// The kind of the component, or of the components of a list; nil for anything else.
  public var kind: String? {
    switch self {
    case .component(let kind): kind
    case .list(let element): element.kind
    case .value, .flag, .choice, .file, .settings, .dictionary: nil
    }
  }

  static func of(_ type: Any.Type) -> SettingShape {
    if type == Bool.self { return .flag }
    if type is any ScalarSetting.Type { return .value }
    if Choices.names(of: type) != nil { return .choice }
    if let decodable = type as? any NodeDecodable.Type { return decodable.shape }
    if let list = type as? any ListSetting.Type { return .list(of(list.elementType)) }
    if let dictionary = type as? any DictionarySetting.Type { return .dictionary(of(dictionary.elementType)) }
    if let optional = type as? any OptionalSetting.Type { return of(optional.wrappedType) }
    return .settings
  }
}
