import Model

/// What a file says a series is, before the mapping and the options give it its name in the store.
package struct SourceKey: Hashable, Sendable {
  /// A label of Prometheus, a dimension of CloudWatch.
  package struct Label: Hashable, Comparable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    package static func < (a: Label, b: Label) -> Bool { (a.name, a.value) < (b.name, b.value) }
  }

  /// nil when the file does not say.
  package var service: String?
  /// nil when the file does not say; empty for a service as a whole.
  package var resource: String?
  /// As the source calls it; nil when the file does not say.
  package var metric: String?
  /// Sorted by name.
  package var labels: [Label]
  /// As the source calls it: `Percent`, `Bytes/Second`; nil when it does not say.
  package var unit: String?
  /// True for a counter, false for anything else, nil when the source does not say.
  package var isCounter: Bool?

  package init(
    service: String? = nil, resource: String? = nil, metric: String? = nil, labels: [Label] = [], unit: String? = nil,
    isCounter: Bool? = nil
  ) {
    self.service = service
    self.resource = resource
    self.metric = metric
    self.labels = labels
    self.unit = unit
    self.isCounter = isCounter
  }
}

/// A row, or an element of a document, that cannot be used.
package struct BadRow: Hashable, Sendable {
  /// Lines before it in its block.
  package var line: Int
  package var found: String
  package var expected: Phrase
  /// As it stands in the file.
  package var text: String

  package init(line: Int, found: String, expected: Phrase, text: String) {
    self.line = line
    self.found = found
    self.expected = expected
    self.text = text
  }

  /// A row that no parameter helps.
  package init(line: Int, found: String, expected: String, text: String) {
    self.init(line: line, found: found, expected: Phrase(expected), text: text)
  }
}

/// How timestamps were written, where a reader should be told.
package struct TimestampForms: Hashable, Sendable {
  package var epochSeconds = 0
  package var epochMilliseconds = 0
  /// Cut to the whole second.
  package var fractions = 0

  package init() {}

  package static func + (a: TimestampForms, b: TimestampForms) -> TimestampForms {
    var sum = a
    sum.epochSeconds += b.epochSeconds
    sum.epochMilliseconds += b.epochMilliseconds
    sum.fractions += b.fractions
    return sum
  }
}

/// What a parser makes of one block of a file.
package struct SampleBatch: Sendable {
  /// In the order of the file; `series` counts the keys of this parser from 0.
  package var samples: [Sample] = []
  /// Keys that this parser has not given before, in the order of their numbers.
  package var newKeys: [SourceKey] = []
  /// In the order of the file. A row is either here or in the samples, never both.
  package var badRows: [BadRow] = []
  /// What makes the rest of the file unreadable, whatever the limit.
  package var fatal: BadRow?
  /// Line ends in the block.
  package var lines = 0
  /// Values that say that nothing was measured, such as Prometheus's `NaN`: gaps, not samples.
  package var notMeasured = 0
  package var timestamps = TimestampForms()
  /// What the source says of itself that its reader should be told: that it is not whole.
  package var remarks: [String] = []
  /// What of an answer in parts a file is.
  package var parts = AnswerParts()

  package init() {}

  /// Ready for the next block, keeping its memory.
  package mutating func clear() {
    samples.removeAll(keepingCapacity: true)
    newKeys.removeAll()
    badRows.removeAll()
    fatal = nil
    lines = 0
    notMeasured = 0
    timestamps = TimestampForms()
    remarks.removeAll()
    parts = AnswerParts()
  }
}
