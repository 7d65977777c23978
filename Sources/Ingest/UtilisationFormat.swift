import Model
import Reading

/// A way to write utilisation in a file.
///
/// Conform in a file of your own in `Formats/` and add the type to ``utilisationFormats``; the contract test then reads
/// its example.
package protocol UtilisationFormat: Sendable {
  /// As people call it, also where they state the layout: `long-csv`.
  static var name: String { get }
  /// What it looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// A small file in this format: documentation and test. At least two samples.
  static var example: String { get }

  /// True when a file is meant to be in this format, judged from how it starts; it may still turn out to be wrong.
  static func recognises(_ start: FileStart) -> Bool

  /// The parser for a file, told from how it starts.
  /// - Throws: ``DataError`` when the file cannot be in this format: a missing column, a key twice.
  static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser
}

/// What the user says about a file.
package struct ReadOptions: Hashable, Sendable {
  /// Bad rows that are passed over; one more ends the reading. 0 is strict.
  package var badRowLimit = 0
  /// True when values that a metric cannot have are refused, and not only counted.
  package var refusesImpossibleValues = false
  /// True when timestamps without a zone can be told, for there is a clock they were read from.
  package var hasTimeZone = false
  /// True when the resource is given by an option and need not be in the file.
  package var hasResource = false
  /// True when the metric is given by an option, which a file of one series then need not name.
  package var hasMetric = false
  /// Whose the calls of a log of tokens are told by.
  package var tokenHolder = TokenHolder.project

  package init() {}
}

/// Turns blocks of a file into samples. A value: each lane of the reading has its own.
package protocol SampleParser: Sendable {
  /// How a file may be cut.
  static var cutting: Cutting { get }
  /// Bytes at the start that are no rows: header and comments. They are not part of any block.
  var headLength: Int { get }
  /// Line ends in them.
  var headLines: Int { get }
  /// Between the fields of a format with quoted fields, in which line ends may stand; 0 for one without.
  var separator: UInt8 { get }
  /// True for what an account or a server prints of all that it has: a series that nothing gives a service or a resource
  /// is then left out and counted, as long as others have one. In a file that people write it is a mistake.
  var holdsOthers: Bool { get }

  /// What is wrong with a file that ends as it does, as one that was cut short; nil where nothing is. Asked of the parser
  /// that saw the blocks in order, behind the last.
  func fault(atEnd lastByte: UInt8) -> EndFault?

  /// Appends the samples of a block to a batch that is clear. A wrong row goes to `batch.badRows`; after more than
  /// `badRowLimit` of them in one block the rest of the block may be left.
  mutating func parse(_ block: Block, into batch: inout SampleBatch)

  /// Appends what is known only behind the last block, to a batch that is clear. Asked of the parser that saw the blocks
  /// in order.
  mutating func finish(into batch: inout SampleBatch)
}

extension SampleParser {
  package var headLength: Int { 0 }
  package var headLines: Int { 0 }
  package var separator: UInt8 { 0 }
  package var holdsOthers: Bool { false }
  package func fault(atEnd lastByte: UInt8) -> EndFault? { nil }
  package mutating func finish(into batch: inout SampleBatch) {}
}

/// Why a file does not end where it should.
package struct EndFault: Sendable {
  package var found: String
  package var expected: String

  /// Of a file of rows: without a line end the last may be the start of one, and look whole.
  package static func ofRows(atEnd lastByte: UInt8) -> EndFault? {
    guard lastByte != 10, lastByte != 13 else { return nil }
    return EndFault(found: "a last row without a line end", expected: "one; the file may have been cut short")
  }
}

/// How a file may be cut into blocks.
package enum Cutting: Sendable {
  /// Behind any row; blocks may be parsed side by side.
  case rows
  /// Behind any row; one parser must see all blocks in order, since a row may depend on those before it.
  case rowsInOrder
  /// Not into blocks: it is one JSON document, read by a ``JSONDocumentParser`` through a window on it.
  case document
}

/// A part of a file: whole rows.
package struct Block: Sendable {
  /// Zero bytes behind the content, so that a word can be read from any byte of it.
  package static let padding = 32

  /// The content and its padding.
  package let bytes: [UInt8]
  /// Bytes of content.
  package let count: Int

  /// - Parameter content: without padding.
  package init(_ content: [UInt8]) {
    self.init(padded: content + [UInt8](repeating: 0, count: Self.padding), count: content.count)
  }

  init(padded bytes: [UInt8], count: Int) {
    self.bytes = bytes
    self.count = count
  }
}

/// The formats that are tried, in order: the first that recognises a file reads it. Those of one header before all,
/// two columns before more of them, long before wide, since any file with a timestamp could be a wide one.
package let utilisationFormats: [any UtilisationFormat.Type] = [
  AzureInferenceTrace.self, TwoColumnCSV.self, LongCSV.self, WideCSV.self, Bitbrains.self, CloudWatchMetricData.self,
  CloudWatchMetricStatistics.self, CloudWatchMetricStream.self, PrometheusJSON.self, OpenMetricsText.self,
  OpenAIUsage.self, AnthropicUsage.self, LiteLLMSpendLogs.self, CopilotAgentTrace.self,
]
