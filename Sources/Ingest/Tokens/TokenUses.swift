import Model
import Reading

/// Tokens of a log or an export of usage, with whose they are; nothing of them is stored.
package struct TokenUses: Sendable {
  /// So many tokens or calls of one holder and model at a time.
  package struct Use: Hashable, Sendable {
    /// nil where the file does not say.
    package var holder: String?
    /// As the source calls it; empty where it does not say.
    package var model: String
    package var metric: Metric
    package var instant: Instant
    package var amount: Int64
  }
  package var uses: [Use]
  /// What the file says of itself that its reader should be told.
  package var remarks: [String]
}

/// The formats that tell whose tokens are.
private let tokenFormats: [any UtilisationFormat.Type] = [
  OpenAIUsage.self, AnthropicUsage.self, LiteLLMSpendLogs.self,
]

/// Reads a log or an export of usage by whose the calls are.
/// - Throws: ``DataError`` for a file of another format, and naming the line of a record that cannot be used.
package func readTokenUses(_ file: InputFile, by holder: TokenHolder) throws(DataError) -> TokenUses {
  let start = FileStart(file: file.name, bytes: file.bytes)
  guard let format = tokenFormats.first(where: { $0.recognises(start) }) else {
    throw DataError(
      Place(file: file.name, line: 1), found: "what is no log of tokens",
      expected: "one of \(tokenFormats.map { $0.outline }.joined(separator: ", "))")
  }
  var options = ReadOptions()
  options.tokenHolder = holder
  var parser = try format.parser(for: start, options)
  var batch = SampleBatch()
  parser.parse(Block(file.bytes), into: &batch)
  if let bad = batch.fatal ?? batch.badRows.first {
    throw DataError(Place(file: file.name, line: bad.line + 1), found: bad.found, expected: bad.expected)
  }
  let uses = batch.samples.map { sample in
    let key = batch.newKeys[Int(sample.series)]
    return TokenUses.Use(
      holder: key.service, model: key.resource ?? "", metric: Metric(key.metric ?? ""),
      instant: Instant(seconds: sample.seconds), amount: sample.mantissa)
  }
  return TokenUses(uses: uses, remarks: batch.remarks)
}
