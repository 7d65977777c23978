/// A text as one word of a shell, whatever it holds: as it is where nothing in it means anything to a shell, else in single
/// quotes.
package func shellWord(_ text: String) -> String {
  let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:,=@+".contains($0)) }
  return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
}
