import Model
import Reading

/// The Azure traces of inference by language models: a call on each line, by the tokens of its prompt and its answer.
///
/// `TIMESTAMP,ContextTokens,GeneratedTokens`, without a model; the published files name no zone either. Calls are added up by the minute. Source:
/// Azure/AzurePublicDataset, AzureLLMInferenceDataset2023.md.
package struct AzureInferenceTrace: UtilisationFormat {
  package static let name = "azure-llm-trace"
  package static let outline = "TIMESTAMP,ContextTokens,GeneratedTokens (Azure LLM inference traces)"
  package static let example = """
    TIMESTAMP,ContextTokens,GeneratedTokens
    2023-11-16 18:17:03.9799600Z,4808,10
    2023-11-16 18:18:04.0319600Z,3180,8

    """

  private static let columns = ["TIMESTAMP", "ContextTokens", "GeneratedTokens"]

  package static func recognises(_ start: FileStart) -> Bool {
    let header = (try? HeaderRow(start))?.names
    return header == columns
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    AzureInferenceParser(badRowLimit: options.badRowLimit)
  }
}

private struct AzureInferenceParser: SampleParser {
  // Calls of a minute are added up, wherever in the file they stand.
  static let cutting = Cutting.rowsInOrder
  let badRowLimit: Int
  private var ledger = TokenLedger()
  private var isHeader = true

  init(badRowLimit: Int) { self.badRowLimit = badRowLimit }

  func fault(atEnd lastByte: UInt8) -> EndFault? { .ofRows(atEnd: lastByte) }

  mutating func parse(_ block: Block, into batch: inout SampleBatch) {
    block.readLines(into: &batch, badRowLimit: badRowLimit) { content, line, batch in
      defer { isHeader = false }
      var bytes = content[line]
      if bytes.last == 13 { bytes.removeLast() }
      if isHeader || bytes.isEmpty { return nil }
      let fields = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == 3, let time = parseTimestamp(UnsafeBufferPointer(rebasing: fields[0])), !time.isTooEarly,
        let input = tokens(fields[1]), let output = tokens(fields[2])
      else {
        let text = badRowText(UnsafeBufferPointer(rebasing: content[line]))
        return BadRow(line: 0, found: "\"\(text)\"", expected: "a timestamp and two counts of tokens", text: text)
      }
      batch.timestamps.count(time.form)
      var entry = TokenEntry(time: time)
      entry.amounts = [.inputTokens: input, .outputTokens: output, .calls: 1].present
      ledger.add(entry)
      return nil
    }
  }

  mutating func finish(into batch: inout SampleBatch) {
    // The series of a ledger are numbered from 0 in their order.
    for series in ledger.series {
      batch.newKeys.append(series.key)
      batch.samples += series.samples
    }
  }

  private func tokens(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard let number = Int64(String(decoding: bytes, as: UTF8.self)), number >= 0,
      number <= Metric.mostMantissa(scale: 0)
    else { return nil }
    return number
  }
}
