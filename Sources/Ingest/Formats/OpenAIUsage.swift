import Model
import Reading

/// Usage of completions as OpenAI's administration API gives it: pages of buckets, each with results.
///
/// `input_tokens` holds what was cached too: that is taken out of it, so that no token is in two series. The model is the
/// resource and the project the service, where results are grouped by them; `batch` makes tokens those of batches. Source:
/// OpenAI API reference, "Usage: completions".
package struct OpenAIUsage: UtilisationFormat {
  package static let name = "openai-usage"
  package static let outline = "JSON of OpenAI's usage of completions"
  package static let example = """
    {"object": "page", "data": [{"object": "bucket", "start_time": 1790827200, "end_time": 1790913600, "results": [
      {"object": "organization.usage.completions.result", "input_tokens": 1000, "output_tokens": 500,
       "input_cached_tokens": 800, "num_model_requests": 5, "project_id": "proj_a", "model": "gpt-5-mini", "batch": false}
    ]}], "has_more": false, "next_page": null}

    """

  package static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("num_model_requests") && start.hasKey("results")
  }

  package static func parser(for start: FileStart, _ options: ReadOptions) throws(DataError) -> any SampleParser {
    let holder = holders[options.tokenHolder]
    return JSONDocumentParser(options) { document in try document.openAIUsage(holder) }
  }

  private static let holders = HolderFields(project: ["project_id"], user: ["user_id"], key: ["api_key_id"])
}

extension JSONDocument {
  fileprivate mutating func openAIUsage(_ holder: [String]) throws {
    try usage(from: "start_time", holder: holder) { record throws(TokenFault) in
      let isBatch = record.node["batch"]?.boolean == true
      let (input, cached) = (try record.count("input_tokens"), try record.count("input_cached_tokens"))
      return [
        isBatch ? .batchInputTokens : .inputTokens:
          try TokenRecord.rest(of: input, without: cached, ("input_tokens", "input_cached_tokens")),
        isBatch ? .batchCachedInputTokens : .cachedInputTokens: cached,
        isBatch ? .batchOutputTokens : .outputTokens: try record.count("output_tokens"),
        .calls: try record.count("num_model_requests"),
      ]
    }
  }
}
