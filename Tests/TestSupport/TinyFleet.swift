import Model

/// A service with nothing in it but a name and types; a test sets what it is about.
package func tinyService(
  _ name: String, _ types: [String], _ change: (inout Service) -> Void = { _ in }
) -> Service {
  var service: Service = decoded(
    """
    {"name": "\(name)", "title": "\(name)", "approach": "horizontal", "engine": "linux",
     "initialType": "\(types[0])", "instanceTypes": [\(types.map { "\"\($0)\"" }.joined(separator: ","))],
     "minimum": 1, "maximum": 10, "interruptible": false, "driver": "users",
     "scaling": {"scaleOut": [], "scaleIn": [], "cooldown": "5min", "addReplica": []},
     "policies": [], "scheduledActions": [], "limits": [], "thresholds": [], "considerations": []}
    """)
  change(&service)
  return service
}

/// A fleet in us-east-1 on UTC that asks for 80 % coverage, 30 hours, p99.5 and 20 % headroom, and may buy
/// `standard-1yr-no-upfront`.
package func tinyFleet(_ services: [Service], _ change: (inout Fleet) -> Void = { _ in }) -> Fleet {
  var fleet: Fleet = decoded(
    """
    {"name": "tiny", "title": "Tiny", "provider": "aws", "region": "us-east-1", "timezone": "UTC", "currency": "USD",
     "objectives": [], "services": [], "global": {"limits": [], "thresholds": []}, "userTypes": [], "charges": [],
     "review": {"requiredCoveragePercent": 80, "minimumHours": 30, "percentile": "99.5", "cpuHeadroomPercent": 20,
       "memoryHeadroomPercent": 20, "minimumWeeks": 3, "minimumSavingUsd": "0.00", "staleAfterDays": 180},
     "purchase": {"offers": ["standard-1yr-no-upfront"], "maximumSpotPercent": 50, "spotReworkPercent": 5,
       "reservedBaseline": [], "strategies": []},
     "loadTests": [], "alerts": [], "claims": {"expectedConsumption": [], "allocations": []},
     "effectivenessMetrics": []}
    """)
  fleet.services = services
  change(&fleet)
  return fleet
}

/// A user type with one connection and so many calls and prompts an hour.
package func tinyUserType(_ name: String, calls: Int = 10, prompts: Int = 1) -> UserType {
  decoded(
    """
    {"name": "\(name)", "title": "\(name)", "behaviour": "", "resourceImpact": "", "websocketConnections": "1",
     "apiCallsPerSession": "\(calls)", "promptsPerSession": "\(prompts)", "sessionMinutes": 60}
    """)
}

/// A charge of the service `edge` at a price of the book.
package func tinyCharge(_ name: String, price: String, quantity: String, driver: CostDriver = .shared) -> Charge {
  decoded(
    """
    {"name": "\(name)", "service": "edge", "price": "\(price)", "quantity": {\(quantity)}, "driver": "\(driver.rawValue)"}
    """)
}

package func threshold(_ metric: Metric, _ warning: String, _ scaling: String, _ critical: String) -> Threshold {
  decoded(
    """
    {"metric": "\(metric.rawValue)", "warning": "\(warning)", "scaling": "\(scaling)", "critical": "\(critical)"}
    """)
}

package func run(
  _ resource: String, of service: String, _ type: String, _ period: Period, _ lifecycle: Lifecycle = .onDemand,
  zone: String = "us-east-1a"
) -> InstanceRun {
  InstanceRun(
    service: service, resource: resource, type: type, zone: zone, lifecycle: lifecycle,
    started: period.start, stopped: period.end)
}

/// Runs `NAME-1` ... `NAME-COUNT` of a service, all period.
package func runs(
  _ count: Int, of service: String, _ type: String, _ period: Period, zone: String = "us-east-1a"
) -> [InstanceRun] {
  (0..<count).map { run("\(service)-\($0 + 1)", of: service, type, period, zone: zone) }
}
