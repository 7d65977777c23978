import Model
import Reading

/// The text of a field that must not be empty.
/// - Throws: ``DataError`` when it is.
func requiredText(_ column: Int, _ what: String, of reader: DelimitedReader) throws(DataError) -> String {
  guard reader.isEmpty(column) else { return reader.text(column) }
  throw DataError(reader.place, found: "no \(what)", expected: "the name of a \(what)")
}

/// The timestamp in a field.
/// - Throws: ``DataError`` when it holds anything else.
func instantField(_ column: Int, of reader: DelimitedReader) throws(DataError) -> Instant {
  if let instant = reader.withBytes(column, { Instant(bytes: $0) }) { return instant }
  throw DataError(
    reader.place, found: "\"\(reader.text(column))\"", expected: "a timestamp such as 2026-10-01T04:00:00Z")
}

/// One word of a closed list.
/// - Throws: ``DataError`` listing the words, the nearest first named when there is one.
func wordField<Word: RawRepresentable & CaseIterable>(
  _ column: Int, _ type: Word.Type, _ what: String, of reader: DelimitedReader
) throws(DataError) -> Word where Word.RawValue == String {
  let text = reader.text(column)
  if let word = Word(rawValue: text) { return word }
  let words = Word.allCases.map(\.rawValue)
  let advice = nearestName(to: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
  throw DataError(
    reader.place, found: "\(what) \"\(text)\"", expected: "one of \(words.joined(separator: ", "))\(advice)")
}
