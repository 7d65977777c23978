import Model
import Reading

/// The spend log of a LiteLLM gateway: a list of calls.
///
/// Calls are added up by the minute in which they began. The model is the resource and the team the service, where there is
/// one. Of the prompt what a cache of the provider served or was written to it is taken out, as `usage_object` in the
/// metadata tells it; what the gateway's own cache answered cost no tokens. Calls whose `status` is `failure` are counted
/// with what they cost. Source: LiteLLM documentation, "Spend tracking" and "Logging payload".
package struct LiteLLMSpendLogs: UtilisationFormat {
  package static let name = "litellm-spend-logs"
  package static let outline = "JSON of a LiteLLM spend log"
  package static let example = """
    [
      {"request_id": "a", "startTime": "2026-10-01T14:27:12.563246Z", "model": "gpt-5-mini", "team_id": "web",
       "cache_hit": "None", "metadata": "{}", "prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30},
      {"request_id": "b", "startTime": "2026-10-01T14:29:40Z", "model": "gpt-5-mini", "team_id": "web",
       "status": "failure", "prompt_tokens": 7, "completion_tokens": 0, "total_tokens": 7}
    ]

    """

  package static func recognises(_ start: FileStart) -> Bool {
    start.startsArray && start.hasKey("startTime") && start.hasKey("prompt_tokens")
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let holder = holders[options.tokenHolder]
    return JSONDocumentParser(options) { document in try document.liteLLMSpendLogs(holder) }
  }

  private static let holders = HolderFields(project: ["team_id"], user: ["user", "end_user"], key: ["api_key"])
}

extension JSONDocument {
  fileprivate mutating func liteLLMSpendLogs(_ holder: [String]) throws {
    var ledger = TokenLedger()
    var answered = 0
    try stream.enterArray()
    while try stream.nextElement() {
      let call = try tree()
      try take(call.node, call.element, into: &ledger) { record throws(TokenFault) in
        let isAnswered = record.name("cache_hit")?.lowercased() == "true" || record.node["cache_hit"]?.boolean == true
        if isAnswered { answered += 1 }
        return isAnswered ? nil : try liteLLMEntry(record, holder)
      }
    }
    if answered > 0 {
      batch.remarks.append("\(answered) calls were answered by the gateway's own cache, and cost no tokens")
    }
    append(ledger)
  }
}

private func liteLLMEntry(_ record: TokenRecord, _ holder: [String]) throws(TokenFault) -> TokenEntry {
  var entry = TokenEntry(time: try record.time("startTime"))
  entry.service = record.firstName(of: holder)
  entry.model = record.name("model") ?? ""
  let usage = record.metadata?["usage_object"].map { TokenRecord(node: $0) }
  let details = usage?.node["prompt_tokens_details"].map { TokenRecord(node: $0) }
  let read = max(try usage?.count("cache_read_input_tokens") ?? 0, try details?.count("cached_tokens") ?? 0)
  let written = try usage?.count("cache_creation_input_tokens") ?? 0
  let (prompt, output) = (try record.count("prompt_tokens"), try record.count("completion_tokens"))
  let unread = try TokenRecord.rest(of: prompt, without: read, ("prompt_tokens", "cached tokens"))
  let input = try TokenRecord.rest(of: unread, without: written, ("prompt_tokens", "written to a cache"))
  let reasoning = usage?.node["completion_tokens_details"].map { TokenRecord(node: $0) }
  let isFailed = record.name("status") == "failure"
  entry.amounts =
    [
      .inputTokens: input, .cachedInputTokens: read, .cacheWriteTokens: written, .outputTokens: output, .calls: 1,
      .reasoningTokens: try reasoning?.count("reasoning_tokens") ?? 0, .failedCalls: isFailed ? 1 : 0,
      .failedInputTokens: isFailed ? input : 0, .failedOutputTokens: isFailed ? output : 0,
    ].present
  return entry
}

extension TokenRecord {
  /// The metadata, which older versions write as a text that holds JSON.
  fileprivate var metadata: JSONNode? {
    guard let value = node["metadata"] else { return nil }
    guard case .string(let text) = value.content else { return value }
    return Array(text.utf8).withUnsafeBufferPointer { bytes in
      var scanner = JSONScanner(bytes)
      return try? scanner.node { $0 }
    }
  }
}
