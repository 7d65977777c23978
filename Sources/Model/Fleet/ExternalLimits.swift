/// How much of an external service may be used within a time: calls an hour, tokens a minute.
package struct RateLimit: FleetPart, Hashable {
  package var service = ""
  package var resource = ""
  package var metric: Metric = .unnamed
  package var most = 0
  package var per: RateWindow = .hour
  package var note: String?

  package init() {}

  package static let about =
    "How much of an external service may be used within a time: calls an hour, tokens a minute."

  package static let keys: [FleetKey<RateLimit>] = [
    .required("service", \.service, "The service of the series that is limited; need not be one of the fleet's own."),
    FleetKey(
      "resource", \.resource, "The resource of the series, such as a model.", absent: "the service as a whole"),
    .required("metric", \.metric, "What is counted: an amount of each interval, such as `calls` or `input_tokens`."),
    .required("most", \.most, "The most of it within the time."),
    FleetKey("per", \.per, "The time: `minute`, `hour` or `day`."),
    FleetKey("note", \.note, "Where the limit is from.", absent: "nothing"),
  ]
}

/// The time that a limit is per.
package enum RateWindow: String, FleetWord, Hashable {
  case minute, hour, day

  package var seconds: Int64 {
    switch self {
    case .minute: 60
    case .hour: 3600
    case .day: 86_400
    }
  }
}

/// How many calls of an external service may be under way at once.
package struct CallPool: FleetPart, Hashable {
  package var name = ""
  package var service = ""
  package var connections = 0
  package var perInstance = true
  package var metric: Metric = .jobsPerMinute
  package var callsPercent = ScaledDecimal(mantissa: 100, scale: 0)
  package var callMs: Int?

  package init() {}

  package static let about = "How many calls of an external service may be under way at once."

  package static let keys: [FleetKey<CallPool>] = [
    .required("name", \.name, "As reports print it."),
    .required("service", \.service, "The fleet's service that calls."),
    .required("connections", \.connections, "Calls that may be under way at once."),
    FleetKey("per_instance", \.perInstance, "True when each instance of the service may have so many."),
    FleetKey("metric", \.metric, "What of the service leads to calls, by the second or the minute."),
    FleetKey("calls_percent", \.callsPercent, "How many calls a hundred of those make.", unit: "%"),
    FleetKey(
      "call_ms", \.callMs, "How long a call takes on average, in milliseconds.", unit: "ms",
      absent: "as long as `processing_time_avg_ms` of the service says of all its work"),
  ]
}

/// What is known of the calls of models that a service is charged for.
package struct TokenRules: FleetPart, Hashable {
  package var service = ""
  package var jobs: String?
  package var deadline = TimeSpan(seconds: 0)
  package var deferrablePercent = ScaledDecimal(mantissa: 100, scale: 0)
  package var repeatedPercent: ScaledDecimal?
  package var longestPromptTokens: Int?
  package var selfHostedType: String?

  package init() {}

  package static let about = "What is known of the calls of models that a service is charged for."

  package static let keys: [FleetKey<TokenRules>] = [
    .required("service", \.service, "The service that the charges for tokens are billed under."),
    FleetKey(
      "jobs", \.jobs, "The fleet's service whose `jobs_per_minute` the tokens are for.",
      absent: "the one whose jobs were measured and whose driver is that of the charges"),
    FleetKey("deadline", \.deadline, "How long an answer may take; batch prices are for answers within 24h."),
    FleetKey(
      "deferrable_percent", \.deferrablePercent, "The share of the tokens whose answers may take so long.", unit: "%"),
    FleetKey(
      "repeated_percent", \.repeatedPercent,
      "The share of prompt tokens that repeat the start of an earlier prompt while a cache would keep it.", unit: "%",
      absent: "what `repeated_input_tokens` measures, and unknown where it was not"),
    FleetKey(
      "longest_prompt_tokens", \.longestPromptTokens,
      "The longest prompt; a model that the price book says takes none so long is not the one that is named.",
      unit: "tokens", absent: "the mean prompt, where calls are counted"),
    FleetKey(
      "self_hosted_type", \.selfHostedType, "An instance type that a model of one's own would run on.", absent: "none"),
  ]
}
