import Model
import Reporting

/// A report that is ready to be written down in any format.
public struct Report: Sendable {
  package let document: ReportDocument

  package init(_ document: ReportDocument) { self.document = document }

  /// The names of the formats, the one for people at a terminal first.
  public static var formatNames: [String] { reportFormats.map(\.name) }

  /// The report in a format.
  ///
  /// - Parameters:
  ///   - format: one of ``formatNames``; anything else gives the first.
  ///   - width: columns of the terminal, for the format that wraps.
  public func rendered(as format: String, width: Int = 100) -> String {
    let chosen = reportFormats.first { $0.name == format } ?? reportFormats[0]
    return (chosen is TextFormat ? TextFormat(width: width) : chosen).render(document)
  }
}

/// A file of a review: its name and its whole text.
public struct ReportFile: Sendable {
  /// The file's name, without a folder.
  public let name: String
  /// Its content.
  public let text: String
}
