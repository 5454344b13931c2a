import Testing

@testable import Configuration

private enum Choice: String, Codable, CaseIterable { case a, b }
private struct Inner: Settings { var x = 1 }

@Suite struct SettingShapeTests {
  static let table: [(type: Any.Type, shape: SettingShape)] = [
    (Int.self as Any.Type, SettingShape.value), (Double?.self, .value), (String.self, .value), (Bool.self, .flag), (Bool?.self, .flag),
    (Choice.self, .choice),
    (Choice?.self, .choice), (InputPath.self, .file), (OutputPath?.self, .file), (Inner.self, .settings), (Inner?.self, .settings),
    ([Int].self, .list(.value)),
    ([Inner]?.self, .list(.settings)), ([[Bool]].self, .list(.list(.flag))), ([String: Double].self, .dictionary(.value)),
    ([String: [Inner]].self, .dictionary(.list(.settings))),
  ]

  @Test(arguments: table)
  func shapes(type: Any.Type, expected: SettingShape) { #expect(SettingShape.of(type) == expected) }

  @Test(arguments: [
    (SettingShape.value, false, String?.none), (.flag, false, nil), (.choice, false, nil), (.file, false, nil), (.settings, true, nil),
    (.component(kind: "model"), true, "model"),
    (.list(.component(kind: "callback")), true, "callback"), (.list(.value), false, nil), (.list(.settings), true, nil),
    (.dictionary(.value), true, nil),
  ])
  func whatTheyTake(shape: SettingShape, takesMap: Bool, kind: String?) { #expect(shape.takesMap == takesMap && shape.kind == kind) }
}
