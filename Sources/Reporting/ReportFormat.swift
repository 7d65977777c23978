import Model

/// A way to write a report down.
package protocol ReportFormat: Sendable {
  /// The word `--format` takes.
  var name: String { get }
  func render(_ document: ReportDocument) -> String
}

/// Every format, the one for people at a terminal first.
package let reportFormats: [any ReportFormat] = [TextFormat(), MarkdownFormat(), CSVFormat(), JSONFormat()]
