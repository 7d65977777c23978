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

/// Reads a log or an export of usage by whose the calls are, of any size.
/// - Throws: ``DataError`` for a file of another format, and naming the line of a record that cannot be used.
package func readTokenUses(_ source: ByteSource, by holder: TokenHolder) throws -> TokenUses {
  let start = try source.takeStart()
  guard let format = tokenFormats.first(where: { $0.recognises(start) }) else {
    throw DataError(
      Place(file: source.name, line: 1), found: "what is no log of tokens",
      expected: "one of \(tokenFormats.map { $0.outline }.joined(separator: ", "))")
  }
  var options = ReadOptions()
  options.tokenHolder = holder
  // Added up by time and model, so that one batch holds them.
  let batch = try readDocument(JSONStream(source, ahead: start.bytes), of: format, start, options)
  if let bad = batch.fatal ?? batch.badRows.first {
    throw DataError(Place(file: source.name, line: bad.line + 1), found: bad.found, expected: bad.expected)
  }
  let uses = batch.samples.map { sample in
    let key = batch.newKeys[Int(sample.series)]
    return TokenUses.Use(
      holder: key.service, model: key.resource ?? "", metric: Metric(key.metric ?? ""),
      instant: Instant(seconds: sample.seconds), amount: sample.mantissa)
  }
  return TokenUses(uses: uses, remarks: batch.remarks)
}

private func readDocument(
  _ stream: JSONStream, of format: any UtilisationFormat.Type, _ start: FileStart, _ options: ReadOptions
) throws -> SampleBatch {
  var batch = SampleBatch()
  guard var parser = try format.parser(for: start, options) as? JSONDocumentParser else { return batch }
  try parser.parse(stream, into: &batch, most: .max) { _ in }
  return batch
}
