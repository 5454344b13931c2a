import Benchpresso
import Configuration
import Datasets
import Foundation
import Registry

/// A promise that the reading of configurations broke.
package struct FuzzViolation: Error, CustomStringConvertible {
  /// What happened in which mutation.
  package let description: String
}

/// Damages valid configurations and checks what their reading promises: a value that says the same when it is written and read again, or an
/// error with a sentence.
package struct ConfigurationFuzzer {
  /// How the mutations ended.
  package struct Tally: Sendable, Equatable {
    /// Mutations that were refused with an error.
    package var refused = 0
    /// Mutations that were read.
    package var accepted = 0
  }

  private static let flags = ["skip_null", "skip_default", "comments,skip_null,skip_default"]

  private let seed: UInt64
  private let folder: String
  private let corpus: [FuzzSubject]
  private let words: OptionMutator
  private let catalogue: Catalogue

  /// Creates a fuzzer whose mutations `seed` determines and whose files lie in `folder`, which exists.
  package init(seed: UInt64, folder: String) throws {
    self.seed = seed
    self.folder = folder
    catalogue = try BuiltIn.catalogue()
    corpus = try FuzzSubject.all()
    words = try OptionMutator(catalogue: catalogue)
  }

  /// Tries mutations and counts how they ended.
  ///
  /// - Throws: ``FuzzViolation`` at the first broken promise.
  package func run(mutations: Int, first: Int = 0) throws -> Tally {
    var tally = Tally()
    for number in first..<(first + mutations) {
      if try isAccepted(number) { tally.accepted += 1 } else { tally.refused += 1 }
    }
    return tally
  }

  private func isAccepted(_ number: Int) throws -> Bool {
    var random = DeterministicRandom(seed: seed, purpose: .init(rawValue: 0xF022), step: number)
    let subject = corpus[random.integer(below: corpus.count)]
    var mutator = TextMutator(random: random)
    var text = subject.text
    switch number % 4 {
    case 0: text = mutator.damaged(text)
    case 1, 2: text = Array(mutator.rearranged(String(decoding: text, as: UTF8.self)).utf8)
    default: break
    }
    random = mutator.random
    let mutant = "\(folder)/mutant.yaml"
    try write(text, to: mutant)
    switch subject.use {
    case .rates: return try isTaken(mutant, number) { _ = try RateList(path: mutant) }
    case .study, .largeStudy:
      let expands = subject.use == .study
      return try isTaken(mutant, number) { _ = try StudyReading.read(mutant, catalogue: catalogue, expands: expands) }
    case .experiment, .trainer: break
    }
    var line = subject.words(for: mutant)
    if number % 4 == 3 { line += words.options(&random) }
    let environment = random.integer(below: 8) == 0 ? words.environment(&random) : [:]
    let what = "\(line), environment \(environment)"
    try write(Array(what.utf8), to: "\(folder)/words.txt")
    return try isRead(line, environment, "mutation \(number): \(what)")
  }

  /// Reads what the words say as the stages do.
  private func isRead(_ line: [String], _ environment: [String: String], _ what: String) throws -> Bool {
    let file: ExperimentFile
    do {
      let words = try ConfigurationWords(line)
      file = try ExperimentFile(words.request(stage: "fit", environment: environment), catalogue: catalogue)
    } catch {
      try check(error, what)
      return false
    }
    for note in file.notes where note.sentence.isEmpty || "\(note)".contains(where: \.isNewline) {
      throw FuzzViolation(description: "\(what): the note '\(note)' is not one line")
    }
    try checkReadingAgain(file, file.resolved, what)
    let flags = Self.flags[what.utf8.count % Self.flags.count]
    try checkReadingAgain(file, try ConfigurationPrinting(flags).text(file, catalogue: catalogue), "\(what), printed with \(flags)")
    do {
      _ = try Session(file.experiment, catalogue: catalogue)
    } catch {
      try check(error, what)
    }
    return true
  }

  /// Whether a file of another form is taken; otherwise it is refused in a way that users can read.
  private func isTaken(_ path: String, _ number: Int, read: () throws -> Void) throws -> Bool {
    do {
      try read()
      return true
    } catch {
      try check(error, "mutation \(number): \(path)")
      return false
    }
  }

  /// Checks that a text means what was read.
  private func checkReadingAgain(_ file: ExperimentFile, _ text: String, _ what: String) throws {
    let path = "\(folder)/resolved.yaml"
    try write(Array(text.utf8), to: path)
    do {
      let again = try ExperimentFile(paths: [path], catalogue: catalogue)
      guard again.resolved != file.resolved else { return }
      let differences = Difference.between(file.tree, again.tree).map(\.path)
      throw FuzzViolation(description: "\(what): what was resolved means something else when it is read again: \(differences)\n\(text)")
    } catch let error as ConfigurationError {
      throw FuzzViolation(description: "\(what): what was resolved is refused: \(error)\n\(text)")
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      throw FuzzViolation(description: "cannot write '\(path)'")
    }
  }

  /// Checks that an error is one that users can read.
  private func check(_ error: any Error, _ what: String) throws {
    guard let error = error as? ConfigurationError else {
      guard error is UsageError else { throw FuzzViolation(description: "\(what): \(type(of: error)): \(error)") }
      guard "\(error)".isEmpty || "\(error)".contains(where: \.isNewline) else { return }
      throw FuzzViolation(description: "\(what): not one line: '\(error)'")
    }
    if error.problems.isEmpty { throw FuzzViolation(description: "\(what): an error without a problem") }
    for problem in error.problems {
      let lines = ProblemReport.lines(problem).flatMap { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
      if problem.sentence.isEmpty || lines.count > 6 || lines.first?.hasPrefix("error: ") != true {
        throw FuzzViolation(description: "\(what): \(lines.count) lines for one problem:\n\(lines.joined(separator: "\n"))")
      }
    }
  }
}
