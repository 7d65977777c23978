/// What a check found, for programs that show findings beside the files that they are in.
package struct ReportFindings: Hashable, Sendable {
  /// What was looked for, in the order in which it was.
  package var rules: [ReportRule]
  /// The weightiest first.
  package var findings: [ReportFinding]

  package init(rules: [ReportRule], findings: [ReportFinding]) {
    self.rules = rules
    self.findings = findings
  }
}

/// Something that a check looks for.
package struct ReportRule: Hashable, Sendable {
  /// By which a finding names it: `maximum-below-need`.
  package var id: String
  /// What it finds, in a sentence.
  package var about: String

  package init(_ id: String, _ about: String) {
    self.id = id
    self.about = about
  }
}

/// One finding of a check.
package struct ReportFinding: Hashable, Sendable {
  /// How much it matters, the word for it being the one that SARIF has.
  package enum Level: String, CaseIterable, Hashable, Sendable, Comparable {
    case error, warning, note

    /// The weightier is the lesser, so that it sorts first.
    package static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .note: 2
      }
    }
  }

  /// The id of its rule.
  package var rule: String
  package var level: Level
  /// What is wrong and by which arithmetic, in sentences.
  package var message: String
  /// Where what is wrong stands, and then what it contradicts.
  package var places: [Place]

  package init(rule: String, level: Level, message: String, places: [Place]) {
    self.rule = rule
    self.level = level
    self.message = message
    self.places = places
  }
}
