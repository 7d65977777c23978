import Model
import Reading

/// Usage of messages as Anthropic's administration API gives it: pages of buckets, each with results.
///
/// Input tokens are those that no cache served; what was written to a cache is told by how long it keeps it. The model is
/// the resource and the workspace the service, where results are grouped by them; the service tier `batch` makes tokens
/// those of batches. Source: Anthropic Admin API reference, "Get messages usage report".
package struct AnthropicUsage: UtilisationFormat {
  package static let name = "anthropic-usage"
  package static let outline = "JSON of Anthropic's usage report of messages"
  package static let example = """
    {"data": [{"starting_at": "2026-10-01T00:00:00Z", "ending_at": "2026-10-02T00:00:00Z", "results": [
      {"uncached_input_tokens": 1500, "cache_creation": {"ephemeral_1h_input_tokens": 1000,
       "ephemeral_5m_input_tokens": 500}, "cache_read_input_tokens": 200, "output_tokens": 500, "workspace_id": "web",
       "model": "claude-sonnet-5", "service_tier": "standard"}
    ]}], "has_more": false, "next_page": null}

    """

  package static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("uncached_input_tokens") && start.hasKey("results")
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let holder = holders[options.tokenHolder]
    return JSONDocumentParser(options) { document in try document.anthropicUsage(holder) }
  }

  private static let holders = HolderFields(project: ["workspace_id"], key: ["api_key_id"])
}

extension JSONDocument {
  fileprivate mutating func anthropicUsage(_ holder: [String]) throws {
    try usage(from: "starting_at", holder: holder) { record throws(TokenFault) in
      let isBatch = record.name("service_tier") == "batch"
      let written = record.node["cache_creation"].map { TokenRecord(node: $0) }
      return [
        isBatch ? .batchInputTokens : .inputTokens: try record.count("uncached_input_tokens"),
        isBatch ? .batchCachedInputTokens : .cachedInputTokens: try record.count("cache_read_input_tokens"),
        isBatch ? .batchOutputTokens : .outputTokens: try record.count("output_tokens"),
        .cacheWriteTokens: try written?.count("ephemeral_5m_input_tokens") ?? 0,
        .cacheWriteHourTokens: try written?.count("ephemeral_1h_input_tokens") ?? 0,
      ]
    }
  }
}
