/// The metrics of services as a whole: one function a service.
extension Fleet {
  /// In the order of the files.
  var serviceSeries: [Series] {
    frontendSeries + websocketSeries + apiSeries + workerSeries + databaseSeries + cacheSeries + edgeSeries
  }

  private func series(
    _ service: String, _ metric: String, decimals: Int = 0, noise: Double, _ value: (Int) -> Double
  ) -> Series {
    let values = perSlot("\(service)/\(metric)", noise, value)
    return Series(service: service, metric: metric, decimals: decimals, values: values)
  }

  private var frontendSeries: [Series] {
    [
      series("frontend", "requests_per_second", decimals: 1, noise: 0) {
        demand.frontendRequests[$0] + demand.frontendBots[$0]
      },
      series("frontend", "latency_p95_ms", noise: 0.05) { 72 + 0.55 * frontendLoad($0) + Events.pageRebuild($0) },
      series("frontend", "connections", noise: 0.015) { 0.6 * demand.users($0) + 0.3 * demand.frontendBots[$0] },
      series("frontend", "error_rate_percent", decimals: 2, noise: 0.15) { errorRate($0, ordinary: 0.15, flash: 3.4) },
    ]
  }

  private var websocketSeries: [Series] {
    [
      series("websocket", "connections", noise: 0) { demand.connections[$0] },
      series("websocket", "messages_per_second", noise: 0.03) { 0.8 * demand.connections[$0] },
      series("websocket", "latency_p95_ms", noise: 0.06) { 22 + 0.05 * websocketLoad($0) },
    ]
  }

  private var apiSeries: [Series] {
    [
      series("api", "requests_per_second", decimals: 1, noise: 0) { demand.apiRequests[$0] + demand.apiBots[$0] },
      series("api", "latency_p95_ms", noise: 0.06) {
        82 + 1.55 * apiLoad($0) + (Events.cacheFlush.contains($0) ? 70 : 0)
      },
      series("api", "pool_connections", noise: 0.02) {
        50 * api.counts[$0] * saturating(0.32 + 0.0036 * apiLoad($0), above: 0.8, room: 0.2)
      },
      series("api", "error_rate_percent", decimals: 2, noise: 0.15) { errorRate($0, ordinary: 0.22, flash: 3.6) },
    ]
  }

  /// The queue is short until a worker's CPU passes 66 %, and then grows quickly.
  private var workerSeries: [Series] {
    func pressure(_ slot: Int) -> Double { max(0, workerCPU(slot) - 66) }
    return [
      series("worker", "queue_depth_items", noise: 0.2) { 2 + 0.2 * workerLoad($0) + 9.5 * pressure($0) },
      series("worker", "processing_time_avg_ms", noise: 0.04) { 1150 + 10 * workerLoad($0) + 45 * pressure($0) },
      series("worker", "jobs_per_minute", noise: 0) { demand.jobs[$0] },
      series("worker", "error_rate_percent", decimals: 2, noise: 0.15) { 0.45 + 0.11 * pressure($0) },
    ]
  }

  private var databaseSeries: [Series] {
    var lag = RandomStream(seed: seed, name: "lag")
    let flush = { (slot: Int) in Events.cacheFlush.contains(slot) ? 1.6 : 1 }
    return [
      series("database", "connections", noise: 0.015) { 210 + 0.285 * demand.users($0) },
      series("database", "latency_p95_ms", decimals: 1, noise: 0.05) { (7 + 0.006 * demand.users($0)) * flush($0) },
      series("database", "iops", noise: 0.025) { (900 + 0.85 * demand.users($0)) * flush($0) },
      series("database", "storage_gib", decimals: 2, noise: 0) { 61 + 7 * Double($0) / Double(Clock.slots - 1) },
      series("database", "replication_lag_seconds", decimals: 1, noise: 0) {
        let ordinary = 3 * lag.uniform() * lag.uniform()
        return Events.replicationLag.contains($0) ? 45 : ordinary
      },
      series("database", "reads_per_second", noise: 0.025) { 1.6 * demand.users($0) * flush($0) },
    ]
  }

  private var cacheSeries: [Series] {
    [
      series("cache", "connections", noise: 0.01) {
        20 * (api.counts[$0] + worker.counts[$0] + websocket.counts[$0]) + 0.05 * demand.users($0)
      },
      series("cache", "latency_p95_ms", decimals: 2, noise: 0.05) { 0.38 + 0.000_22 * demand.users($0) },
      series("cache", "evictions_per_second", noise: 0.2) { max(0, 0.08 * (demand.users($0) - 1900)) },
      series("cache", "hit_rate_percent", decimals: 1, noise: 0.004) {
        Events.cacheFlush.contains($0) ? 72 : 94.2 - 0.0022 * demand.users($0)
      },
    ]
  }

  private var edgeSeries: [Series] {
    [
      series("edge", "requests_per_second", decimals: 1, noise: 0) { edgeRequests($0) },
      series("edge", "latency_p95_ms", noise: 0.05) { 90 + 1.2 * apiLoad($0) },
      series("edge", "error_rate_percent", decimals: 2, noise: 0.15) { errorRate($0, ordinary: 0.18, flash: 3.3) },
    ]
  }

  private func errorRate(_ slot: Int, ordinary: Double, flash: Double) -> Double {
    Events.botFlash.contains(slot) ? flash : ordinary
  }
}
