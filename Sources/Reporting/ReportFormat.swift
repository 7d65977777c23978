import Model

/// A way to write a report down.
package protocol ReportFormat: Sendable {
  /// The word by which it is asked for.
  var name: String { get }
  /// The whole report in UTF-8; it ends with a line end unless it is empty.
  func render(_ document: ReportDocument) -> [UInt8]
}

/// Every format, the one for people at a terminal first.
///
/// - Parameter width: columns of the terminal, for the format that wraps.
package func reportFormats(width: Int) -> [any ReportFormat] {
  [TextFormat(width: width), MarkdownFormat(), CSVFormat(), JSONFormat()]
}
