import Testing

@testable import Configuration

@Suite struct DifferenceTests {
  @Test(arguments: [
    ("a: 1", "a: 1", []), ("{a: 1, b: 2}", "{b: 2, a: 1}", []), ("a: 1", "a: 2", ["a: 1 | 2"]),
    ("a: 1", "b: 1", ["a: 1 | (not there)", "b: (not there) | 1"]),
    ("a: {b: {c: 1}}", "a: {b: {c: x}}", ["a.b.c: 1 | x"]), ("l: [1, 2]", "l: [1, 3]", ["l[1]: 2 | 3"]),
    ("l: [1]", "l: [1, 2]", ["l: [1] | [1, 2]"]),
    ("l: [{a: 1}, {a: 2}]", "l: [{a: 1}, {a: 3}]", ["l[1].a: 2 | 3"]), ("a: null", "a: {b: 1}", ["a: null | {b: 1}"]),
    ("a: 1", "a: 1.0", ["a: 1 | 1.0"]),
    ("m: {class_path: A, init_args: {x: 1}}", "m: {class_path: B, init_args: {x: 2}}", ["m.class_path: A | B"]),
    ("m: {class_path: A, init_args: {x: 1}}", "m: {class_path: A, init_args: {x: 2}}", ["m.init_args.x: 1 | 2"]),
    ("m: {class_path: A}", "m: {class_path: A, init_args: {x: 2}}", ["m.init_args: (not there) | {x: 2}"]),
    ("a: \"x\\ny\"", "a: ''", ["a: \"x\\ny\" | \"\""]),
  ])
  func differences(left: String, right: String, expected: [String]) throws {
    let (left, right) = (try ConfigurationFile.parse(left, source: "l.yaml"), try ConfigurationFile.parse(right, source: "r.yaml"))
    let found = Difference.between(left, right)
    #expect(found.map { "\($0.path): \(Difference.text($0.left)) | \(Difference.text($0.right))" } == expected)
    // The other way round they are the same with sides changed.
    let mirrored = Difference.between(right, left).map { Difference(path: $0.path, left: $0.right, right: $0.left) }
    #expect(mirrored.count == found.count && mirrored.allSatisfy { found.contains($0) })
  }
}
