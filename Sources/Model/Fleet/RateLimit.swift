/// How much of something that others provide may be used in a time: calls an hour, tokens a minute.
package struct RateLimit: FleetPart, Hashable {
  package var service = ""
  package var metric: Metric = .unnamed
  package var value = 0
  package var per = TimeSpan(seconds: 3600)
  package var note: String?

  package init() {}

  package static let about = "How much of something that others provide may be used in a time."

  package static let keys: [FleetKey<RateLimit>] = [
    .required("service", \.service, "Whose it is: the service under which its use is metered."),
    .required("metric", \.metric, "What is used: an amount, such as `calls` or `input_tokens`."),
    .required("value", \.value, "The most of it in that time."),
    FleetKey("per", \.per, "The time, such as `1h` or `1min`."),
    FleetKey("note", \.note, "Where it is from.", absent: "nothing"),
  ]
}
