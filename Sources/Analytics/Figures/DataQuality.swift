import Advice
import Analysis
import Model

/// How complete the month's data is.
package struct DataQuality: Sendable {
  package struct ServiceData: Sendable {
    package var service: String
    package var cpu: Coverage
    package var memory: Coverage
    /// Hours or longer in which no instance of it reported.
    package var gaps: [Gap]
  }
  /// A time in which some services had no sample at all.
  package struct SilentTime: Hashable, Sendable {
    package var period: Period
    /// In the fleet's order.
    package var services: [String]

    /// Its length, once for each service.
    package var seconds: Int64 { period.seconds * Int64(services.count) }
  }
  package var services: [ServiceData]

  init(_ study: Study) throws(DataError) {
    let context = study.context
    services = try study.fleet.services.map { service throws(DataError) in
      let load = try context.load(of: service)
      return ServiceData(
        service: service.name, cpu: try context.samples(of: service, .cpuPercent).coverage,
        memory: try context.samples(of: service, .memoryPercent).coverage,
        gaps: gaps(in: load.reportedOrStopped, on: context.grid, minimumSeconds: 3600))
    }
  }

  /// The gaps of all services, each time once, in the order of time.
  package var silentTimes: [SilentTime] {
    var names: [Period: [String]] = [:]
    for service in services { for gap in service.gaps { names[gap.period, default: []].append(service.service) } }
    return names.map { SilentTime(period: $0.key, services: $0.value) }
      .sorted { ($0.period.start, $0.period.end) < ($1.period.start, $1.period.end) }
  }

  /// CPU samples of all instances.
  package var coverage: Coverage { services.reduce(Coverage(seen: 0, expected: 0)) { $0 + $1.cpu } }
}

extension ServiceLoad {
  /// What was reported; 0 where nothing ran that could have, which is no gap.
  fileprivate var reportedOrStopped: [Double?] { zip(reported, running).map { $1 == 0 ? 0 : $0 } }
}
