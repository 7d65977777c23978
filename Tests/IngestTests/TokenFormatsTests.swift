import Ingest
import Model
import TestSupport
import Testing

/// Usage of models as providers and gateways tell it. The fixtures are written for these tests, in their forms.
@Suite struct TokenFormatsTests {
  /// `service/resource metric@seconds=tokens`, sorted.
  private func rows(_ format: any UtilisationFormat.Type, _ text: String, badRowLimit: Int = 0) throws -> [String] {
    let read = try batch(format, text, badRowLimit: badRowLimit)
    return read.samples.map { sample in
      let key = read.newKeys[Int(sample.series)]
      let name = "\(key.service ?? "-")/\(key.resource ?? "-") \(key.metric ?? "-")"
      return "\(name)@\(sample.seconds)=\(sample.mantissa)"
    }.sorted()
  }

  @Test("What was cached is taken out of the prompt that holds it, and batches are apart")
  func openAI() throws {
    let text = """
      {"object": "page", "data": [{"object": "bucket", "start_time": 1730419200, "end_time": 1730505600, "results": [
        {"object": "organization.usage.completions.result", "input_tokens": 1000, "output_tokens": 500,
         "input_cached_tokens": 800, "num_model_requests": 5, "project_id": null, "model": "gpt-x", "batch": null},
        {"object": "organization.usage.completions.result", "input_tokens": 70, "output_tokens": 7,
         "input_cached_tokens": 0, "num_model_requests": 1, "project_id": "p", "model": "gpt-x", "batch": true}
      ]}], "has_more": true, "next_page": "A"}
      """
    #expect(
      try rows(OpenAIUsage.self, text) == [
        "-/gpt-x cached_input_tokens@1730419200=800", "-/gpt-x calls@1730419200=5",
        "-/gpt-x input_tokens@1730419200=200",
        "-/gpt-x output_tokens@1730419200=500", "p/gpt-x batch_input_tokens@1730419200=70",
        "p/gpt-x batch_output_tokens@1730419200=7", "p/gpt-x calls@1730419200=1",
      ])
    #expect(try batch(OpenAIUsage.self, text).remarks.count == 1)
    let odd = text.replacing("\"input_cached_tokens\": 800", with: "\"input_cached_tokens\": 1001")
    let refused = try batch(OpenAIUsage.self, odd)
    #expect(refused.badRows.map(\.found) == ["input_cached_tokens 1001 of input_tokens 1000"])
    #expect(refused.badRows.map(\.line) == [1])
  }

  @Test("Input tokens of Anthropic's report are those that no cache served; two lifetimes of a cache are two kinds")
  func anthropic() throws {
    let text = """
      {"data": [{"starting_at": "2025-08-01T00:00:00Z", "ending_at": "2025-08-02T00:00:00Z", "results": [
        {"uncached_input_tokens": 1500, "cache_creation": {"ephemeral_1h_input_tokens": 1000,
         "ephemeral_5m_input_tokens": 500}, "cache_read_input_tokens": 200, "output_tokens": 500,
         "api_key_id": null, "workspace_id": null, "model": "claude-x", "service_tier": "standard"}]}],
       "has_more": false}
      """
    // 2025-08-01T00:00:00Z.
    #expect(
      try rows(AnthropicUsage.self, text) == [
        "-/claude-x cache_write_1h_tokens@1754006400=1000", "-/claude-x cache_write_tokens@1754006400=500",
        "-/claude-x cached_input_tokens@1754006400=200", "-/claude-x input_tokens@1754006400=1500",
        "-/claude-x output_tokens@1754006400=500",
      ])
  }

  @Test("Calls of a gateway's log are added up by the minute; what failed counts, what its own cache answered not")
  func liteLLM() throws {
    let text = """
      [{"startTime": "2024-08-01T14:27:12.563246", "model": "m", "team_id": "", "cache_hit": "None", "metadata": "{}",
        "prompt_tokens": 10, "completion_tokens": 20},
       {"startTime": "2024-08-01T14:27:59", "model": "m", "team_id": "", "cache_hit": "None", "prompt_tokens": 100,
        "completion_tokens": 1, "status": "failure",
        "metadata": "{\\"usage_object\\": {\\"prompt_tokens_details\\": {\\"cached_tokens\\": 60}}}"},
       {"startTime": "2024-08-01T14:28:00", "model": "m", "cache_hit": "True", "prompt_tokens": 5,
        "completion_tokens": 5},
       {"startTime": "2024-08-01T14:28:00Z", "model": "m", "team_id": "t", "prompt_tokens": 9, "completion_tokens": 2,
        "metadata": {"usage_object": {"cache_creation_input_tokens": 4,
          "completion_tokens_details": {"reasoning_tokens": 1}}}}]
      """
    // 2024-08-01T14:27:00, as a local clock showed it, and 14:28:00Z.
    let (minute, next) = (1_722_522_420, 1_722_522_480)
    #expect(
      try rows(LiteLLMSpendLogs.self, text) == [
        "-/m cached_input_tokens@\(minute)=60", "-/m calls@\(minute)=2", "-/m failed_calls@\(minute)=1",
        "-/m failed_input_tokens@\(minute)=40", "-/m failed_output_tokens@\(minute)=1", "-/m input_tokens@\(minute)=50",
        "-/m output_tokens@\(minute)=21", "t/m cache_write_tokens@\(next)=4", "t/m calls@\(next)=1",
        "t/m input_tokens@\(next)=5", "t/m output_tokens@\(next)=2", "t/m reasoning_tokens@\(next)=1",
      ])
    let read = try batch(LiteLLMSpendLogs.self, text)
    #expect(read.remarks == ["1 calls were answered by the gateway's own cache, and cost no tokens"])
    #expect(read.samples.filter(\.isLocal).count == 7)
  }

  @Test("A trace of an agent: a session a line, the cached part of each prompt apart")
  func agent() throws {
    let text = """
      {"session_id": "a", "turns": [{"llm_calls": [{"timestamp": "2026-06-01T09:15:02.114Z", "model": "Model A", \
      "result": "Success", "tokens": {"prompt": 18512, "completion": 328, "cached": 0}}, \
      {"timestamp": "2026-06-01T09:15:09.870Z", "model": "Model A", "result": "UserCancel", \
      "tokens": {"prompt": 20499, "completion": 412, "cached": 18432}}]}]}
      {"session_id": "b", "turns": []}

      """
    // 2026-06-01T09:15:00Z; 18,512 + 20,499 - 18,432 = 20,579.
    #expect(
      try rows(CopilotAgentTrace.self, text) == [
        "-/Model A cached_input_tokens@1780305300=18432", "-/Model A calls@1780305300=2",
        "-/Model A failed_calls@1780305300=1", "-/Model A failed_input_tokens@1780305300=2067",
        "-/Model A failed_output_tokens@1780305300=412", "-/Model A input_tokens@1780305300=20579",
        "-/Model A output_tokens@1780305300=740",
      ])
  }

  @Test("The Azure trace is a call a line; one that is none is a bad row")
  func azure() throws {
    let text = """
      TIMESTAMP,ContextTokens,GeneratedTokens
      2023-11-16 18:17:03.9799600,4808,10
      2023-11-16 18:17:04.0319600,3180,8
      2023-11-16 18:18:04.0319600,-1,8

      """
    let read = try batch(AzureInferenceTrace.self, text, badRowLimit: 1)
    #expect(
      read.summary == ["calls@1700158620=2/0", "input_tokens@1700158620=7988/0", "output_tokens@1700158620=18/0"])
    #expect(read.badRows.map(\.line) == [3])
  }

  @Test("Whatever becomes of a file, reading it ends", arguments: [0, 1, 2, 3, 4])
  func noTrap(index: Int) throws {
    let formats: [any UtilisationFormat.Type] = [
      OpenAIUsage.self, AnthropicUsage.self, LiteLLMSpendLogs.self, CopilotAgentTrace.self, AzureInferenceTrace.self,
    ]
    try expectNoTrap(formats[index], count: 600)
  }
}
