import Model
import Reading

/// Traces of a coding agent, a session on each line, with every call of a model.
///
/// Calls are added up by the minute in which they began; the model is the resource. Of the prompt what was cached is taken
/// out. A call with another result than `Success` counts as one that failed. Source: Azure/AzurePublicDataset,
/// analysis/GitHubCopilotCodingAgents/schema.json.
package struct CopilotAgentTrace: UtilisationFormat {
  package static let name = "copilot-agent-trace"
  package static let outline = "JSON lines of the GitHub Copilot coding agent traces"
  package static let example = """
    {"session_id": "s-1", "date": "2026-10-01", "turns": [{"turn_id": "t-1", "llm_calls": [{"message_id": "m-1", \
    "timestamp": "2026-10-01T09:15:02.114Z", "model": "Model A", "result": "Success", "status_code": "OK", \
    "tokens": {"total": 18840, "prompt": 18512, "completion": 328, "cached": 0}}]}]}
    {"session_id": "s-2", "date": "2026-10-01", "turns": [{"turn_id": "t-2", "llm_calls": [{"message_id": "m-2", \
    "timestamp": "2026-10-01T09:16:09.870Z", "model": "Model A", "result": "Success", "status_code": "OK", \
    "tokens": {"total": 20911, "prompt": 20499, "completion": 412, "cached": 18432}}]}]}

    """

  package static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("session_id") && start.hasKey("turns")
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    JSONDocumentParser(options) { document in try document.copilotAgentTrace() }
  }
}

extension JSONDocument {
  fileprivate mutating func copilotAgentTrace() throws {
    var ledger = TokenLedger()
    while try stream.next() != 0 {
      let session = try tree()
      guard case .object = session.node.content else {
        try refuse(session.element, found: session.node.shown, expected: "a session: an object with turns")
        continue
      }
      let calls = (session.node["turns"]?.elements ?? []).flatMap { $0["llm_calls"]?.elements ?? [] }
      for call in calls {
        try take(call, call.line..<session.element.upperBound, into: &ledger) { record throws(TokenFault) in
          try agentCall(record)
        }
      }
    }
    append(ledger)
  }
}

private func agentCall(_ record: TokenRecord) throws(TokenFault) -> TokenEntry {
  var entry = TokenEntry(time: try record.time("timestamp"))
  entry.model = record.name("model") ?? ""
  guard let tokens = record.node["tokens"].map({ TokenRecord(node: $0) }) else {
    throw TokenFault(found: "a call without tokens", expected: "tokens: prompt, completion, cached")
  }
  let (prompt, cached) = (try tokens.count("prompt"), try tokens.count("cached"))
  let input = try TokenRecord.rest(of: prompt, without: cached, ("prompt", "cached"))
  let output = try tokens.count("completion")
  let isFailed = record.name("result") != "Success"
  entry.amounts =
    [
      .inputTokens: input, .cachedInputTokens: cached, .outputTokens: output, .calls: 1,
      .failedCalls: isFailed ? 1 : 0, .failedInputTokens: isFailed ? input : 0,
      .failedOutputTokens: isFailed ? output : 0,
    ].present
  return entry
}
