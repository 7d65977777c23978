import Model

/// Something that a fleet file says, where it says it.
package struct CheckedPlace: Hashable, Sendable {
  package var path: DocumentPath
  /// What stands there, or holds there without being said.
  package var says: String

  package init(_ path: DocumentPath, _ says: String) {
    self.path = path
    self.says = says
  }
}

/// A contradiction within a fleet file, or of it with what was measured.
package struct CheckFinding: Hashable, Sendable {
  /// The id of its rule.
  package var rule: String
  package var level: ReportFinding.Level
  /// The service that it is about; empty for the fleet as a whole.
  package var service: String
  /// What contradicts what, in a clause that names no service of its own.
  package var statement: String
  /// How that follows, in figures.
  package var arithmetic: String
  /// What is wrong, and then what it contradicts.
  package var places: [CheckedPlace]
  /// How many times too much or too little it is, 1 where that cannot be said; of equal level the greater comes first.
  package var weight: Double

  package init(
    _ rule: any CheckRule, _ level: ReportFinding.Level, _ service: String, _ statement: String, _ arithmetic: String,
    _ places: [CheckedPlace], weight: Double = 1
  ) {
    self.rule = rule.id
    self.level = level
    self.service = service
    self.statement = statement
    self.arithmetic = arithmetic
    self.places = places
    self.weight = weight
  }
}
