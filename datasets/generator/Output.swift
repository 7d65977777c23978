#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of a dataset, below one directory.
struct Output {
  let fleet: Fleet
  let directory: String

  func write() throws {
    try FileManager.default.createDirectory(atPath: directory + "/utilisation", withIntermediateDirectories: true)
    try writeInstances()
    try writeSeries("services", fleet.serviceSeries, monitored: true)
    try writeSeries("users", fleet.userSeries, monitored: true)
    try writeSeries("usage", fleet.usageSeries, monitored: false)
    try writeSeries("database", fleet.cacheSizeSeries, monitored: true)
    try inventory().write(to: directory + "/inventory.csv")
    try commitments().write(to: directory + "/commitments.csv")
  }

  private func writeInstances() throws {
    let models = fleet.instanceModels
    var noises = models.map { $0.noise(seed: fleet.seed) }
    for month in Clock.months {
      var table = Table(
        header: "timestamp,service,resource,cpu_percent,cpu_max_percent,memory_percent,"
          + "network_in_mbps,network_out_mbps")
      for (index, model) in models.enumerated() { model.write(month.window, noise: &noises[index], to: &table) }
      try table.write(to: "\(directory)/utilisation/instances-\(month.name).csv")
    }
  }

  private func writeSeries(_ name: String, _ series: [Series], monitored: Bool) throws {
    for month in Clock.months {
      var table = Table(header: Table.longHeader)
      for one in series { table.append(one, in: month.window, monitored: monitored) }
      try table.write(to: "\(directory)/utilisation/\(name)-\(month.name).csv")
    }
  }

  /// Every instance that ran, a service after another, in the order they started.
  private func inventory() -> Table {
    var table = Table(header: "service,resource,type,zone,lifecycle,started,stopped")
    for instance in fleet.pools.flatMap(\.instances) {
      let started = instance.start.map(Clock.timestamp) ?? "2026-08-20T00:00:00Z"
      let stopped = instance.stop.map(Clock.timestamp) ?? ""
      let machine = "\(instance.service),\(instance.id),\(instance.type),\(instance.zone)"
      table.line("\(machine),on-demand,\(started),\(stopped)")
    }
    return table
  }

  private func commitments() -> Table {
    var table = Table(header: "id,service,type,count,offer,started")
    table.line("ri-web-2026,frontend,t3.medium,3,standard-1yr-no-upfront,2026-03-01T00:00:00Z")
    table.line("ri-worker-2026,worker,c5.large,2,standard-1yr-no-upfront,2026-03-01T00:00:00Z")
    table.line("ri-cache-2025,cache,cache.m5.xlarge,2,standard-1yr-no-upfront,2025-11-15T00:00:00Z")
    return table
  }
}
