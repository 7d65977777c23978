import Model

/// A call of AWS's command line, as a line of a shell.
struct AWSCall {
  private var parts: [String]

  /// - Parameters:
  ///   - words: service and operation: `ec2 describe-instances`.
  ///   - region: nil for what has none.
  init(_ words: String, in region: String?) {
    parts = ["aws \(words)"]
    if let region { self = adding("region", region) }
  }

  /// With an option and its value, whatever that begins with.
  func adding(_ option: String, _ value: String) -> AWSCall {
    adding(raw: "--\(option)\(value.hasPrefix("-") ? "=" : " ")\(shellWord(value))")
  }

  func adding(_ option: String, _ value: Int) -> AWSCall { adding(option, "\(value)") }

  /// With what the shell is to read as it stands: a flag, a variable in quotes.
  func adding(raw text: String) -> AWSCall {
    var call = self
    call.parts.append(text)
    return call
  }

  /// With what of the answer is shown, as a table for people.
  func showing(_ query: String) -> String { adding("query", query).adding("output", "table").text }

  /// With the words of the answer that are wanted, apart by blanks.
  func yielding(_ query: String) -> String { adding("query", query).adding("output", "text").text }

  /// A line, or several where it would be long.
  var text: String {
    let line = parts.joined(separator: " ")
    return line.count <= 100 ? line : parts.joined(separator: " \\\n    ")
  }
}

/// A name that stands behind an option.
/// - Throws: ``DataError`` for one whose file or page the command line would read in its place, and for none.
///
/// Source: AWS CLI user guide, "Loading a parameter from a file".
func commandName(_ name: String, key: String) throws(DataError) -> String {
  let read = ["file://", "fileb://", "http://", "https://"]
  guard !name.isEmpty, !read.contains(where: { name.lowercased().hasPrefix($0) }) else {
    throw DataError(
      Place(file: "aws", key: key), found: "the name \"\(name)\"",
      expected: "one that a command can be given: not empty, and not the address of a file or page")
  }
  return name
}
