/// Who may see a declaration, from the narrowest circle to the widest.
enum Access: Int, Comparable {
  case file, module, package, everybody

  static func < (left: Access, right: Access) -> Bool { left.rawValue < right.rawValue }

  /// The access that a modifier gives; nil when the word is none.
  init?(modifier: String) {
    switch modifier {
    case "private", "fileprivate": self = .file
    case "internal": self = .module
    case "package": self = .package
    case "public", "open": self = .everybody
    default: return nil
    }
  }

  /// The modifier with a space; nothing for the default.
  var prefix: String {
    switch self {
    case .file: "private "
    case .module: ""
    case .package: "package "
    case .everybody: "public "
    }
  }
}

/// A type as its source declares it, or one of its extensions.
struct SourceType: Equatable {
  /// What the declaration is.
  enum Kind: Equatable {
    case structure, enumeration, interface, other, addition
  }

  var kind: Kind
  /// The name with those of the types around it: `Adam.Settings`.
  var name: String
  /// What the declaration itself says; the types around it may narrow it.
  var access: Access
  /// What stands after the colon.
  var inherited: [String] = []
  /// The stored properties of the instance, in their order.
  var properties: [SourceProperty] = []
  /// The cases of an enum, in their order.
  var cases: [SourceCase] = []
}

/// A stored property.
struct SourceProperty: Equatable {
  var name: String
  /// The lines of the documentation comment.
  var documentation: [String]
  /// The names of types that its annotation or its first value mentions.
  var mentions: [String] = []
}

/// A case of an enum.
struct SourceCase: Equatable {
  /// The text that stands for the case in configurations.
  var value: String
  /// The lines of the documentation comment.
  var documentation: [String]
}
