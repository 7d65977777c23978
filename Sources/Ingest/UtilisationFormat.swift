import Model

/// A way to write utilisation in a file.
///
/// Conform in a file of your own in `Formats/` and add the type to ``utilisationFormats``; the contract test then reads
/// its example.
package protocol UtilisationFormat: Sendable {
  /// As people call it: `long CSV`.
  static var name: String { get }
  /// What its first row looks like, for the error that lists the known formats.
  static var outline: String { get }
  /// A small file in this format: documentation and test. At least two samples.
  static var example: String { get }

  /// True when a file is meant to be in this format, judged from its first row; it may still turn out to be wrong.
  static func recognises(_ header: DelimitedHeader) -> Bool

  /// Reads the rows behind the header.
  ///
  /// - Throws: ``DataError`` at the first row that cannot be used.
  static func read(_ reader: inout DelimitedReader, _ header: DelimitedHeader, into samples: inout SampleCollector)
    throws(DataError)
}

/// The formats that are tried, in order: the first that recognises a file reads it. Long before wide, since any file
/// with a timestamp and a service could be a wide one.
package let utilisationFormats: [any UtilisationFormat.Type] = [LongCSV.self, WideCSV.self]

/// Reads a utilisation file in any known format.
///
/// Series come sorted by key, each in time order with one scale; rows may stand in any order. A sample that stands
/// twice with one value counts once.
/// - Throws: ``DataError`` naming the line: an unknown format or metric, a field that is no number or no timestamp, one
///   instant with two values, or values too far apart in size to share a scale.
package func readUtilisation(_ file: InputFile) throws(DataError) -> [Series] {
  var reader = DelimitedReader(bytes: file.bytes, file: file.name)
  _ = reader.leadingComments()
  let header = try DelimitedHeader(&reader)
  guard let format = utilisationFormats.first(where: { $0.recognises(header) }) else {
    let known = utilisationFormats.map { "\($0.name) (\($0.outline))" }.joined(separator: " or ")
    throw DataError(
      reader.place, found: "columns \(header.names.joined(separator: ","))", expected: "the columns of \(known)")
  }
  var samples = SampleCollector(file: file.name)
  try format.read(&reader, header, into: &samples)
  return try samples.finish()
}
