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
  package var services: [ServiceData]

  init(_ study: Study) throws(DataError) {
    let context = study.context
    services = try study.fleet.services.map { service throws(DataError) in
      let load = try context.load(of: service)
      return ServiceData(
        service: service.name, cpu: try context.samples(of: service.name, .cpuPercent).coverage,
        memory: try context.samples(of: service.name, .memoryPercent).coverage,
        gaps: gaps(in: load.meanVcpu, on: context.grid, minimumSeconds: 3600))
    }
  }

  /// CPU samples of all instances.
  package var coverage: Coverage { services.reduce(Coverage(seen: 0, expected: 0)) { $0 + $1.cpu } }
}
