/// A metric of a service as a whole, or of one of its resources: a value for each slot.
struct Series {
  let service: String
  var resource = ""
  let metric: String
  let decimals: Int
  let values: [Double]
}

extension Table {
  static let longHeader = "timestamp,service,resource,metric,value"

  /// Writes the slots of `window`, but for the lost day if `monitored`.
  mutating func append(_ series: Series, in window: Window, monitored: Bool) {
    for slot in window.slots where !(monitored && Events.lostDay.contains(slot)) {
      row(at: slot, series.service, series.resource, series.metric)
      number(series.values[slot], decimals: series.decimals)
    }
  }
}

extension Fleet {
  /// Concurrent users by type.
  var userSeries: [Series] {
    [("casual", demand.casual), ("contributor", demand.contributor), ("power", demand.power)].map {
      Series(service: "users", resource: $0.0, metric: "concurrent_users", decimals: 0, values: $0.1)
    }
  }

  /// What providers metered in each slot, from their invoices.
  var usageSeries: [Series] {
    // A load balancer capacity unit covers 25 new connections a second; about 0.35 of the requests open one.
    let units = perSlot("lcu", 0.04) { self.edgeRequests($0) * 0.35 / 25 / 12 }
    let out = perSlot("transfer", 0.04) { 0.000_29 * self.demand.users($0) + 0.000_016 * self.bots($0) }
    let nat = perSlot("nat", 0.04) { 0.000_049 * self.demand.jobs[$0] * 5 }
    // One job in 50 needs the model (the others are answered from the prompt cache): 900 tokens in and 350 out.
    let input = perSlot("input tokens", 0.05) { 900.0 / 50 * self.demand.jobs[$0] * 5 }
    let output = perSlot("output tokens", 0.05) { 350.0 / 50 * self.demand.jobs[$0] * 5 }
    let calls = perSlot("github", 0.04) { 0.6 * self.demand.jobs[$0] * 5 }
    return [
      Series(service: "edge", metric: "lcu_hours", decimals: 4, values: units),
      Series(service: "edge", metric: "transfer_out_gb", decimals: 4, values: out),
      Series(service: "edge", metric: "nat_gb", decimals: 4, values: nat),
      Series(service: "ai", metric: "input_tokens", decimals: 0, values: input),
      Series(service: "ai", metric: "output_tokens", decimals: 0, values: output),
      Series(service: "github", metric: "calls", decimals: 0, values: calls),
    ]
  }

  /// A value for each slot, with a noise of its own of relative `deviation`.
  func perSlot(_ name: String, _ deviation: Double, _ value: (Int) -> Double) -> [Double] {
    var noise = Noise(seed: seed, name: "series/" + name, deviation: deviation, memory: 0.5)
    return (0..<Clock.slots).map { value($0) * (1 + noise.next()) }
  }

  /// Requests a second through the load balancer.
  func edgeRequests(_ slot: Int) -> Double { demand.frontendRequests[slot] + demand.apiRequests[slot] + bots(slot) }

  /// Requests a second from bots.
  func bots(_ slot: Int) -> Double { demand.frontendBots[slot] + demand.apiBots[slot] }
}
