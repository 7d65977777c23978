import Model

/// A service with nothing in it but a name and types; a test sets what it is about.
package func tinyService(
  _ name: String, _ types: [String], _ change: (inout Service) -> Void = { _ in }
) -> Service {
  var service = Service()
  service.name = name
  service.title = name
  service.initialType = types[0]
  service.instanceTypes = types
  service.maximum = 10
  service.engine = "linux"
  service.approach = .group
  change(&service)
  return service
}

/// A fleet in us-east-1 on UTC that asks for 80 % coverage, 30 hours, p99.5 and 20 % headroom, gives every advice that
/// saves anything, and may buy `standard-1yr-no-upfront`.
package func tinyFleet(_ services: [Service], _ change: (inout Fleet) -> Void = { _ in }) -> Fleet {
  var fleet = Fleet()
  fleet.name = "tiny"
  fleet.title = "Tiny"
  fleet.region = "us-east-1"
  fleet.review.minimumSavingUsd = .zero
  fleet.services = services
  change(&fleet)
  return fleet
}

/// A user type with one connection and so many calls and prompts an hour.
package func tinyUserType(_ name: String, calls: Int = 10, prompts: Int = 1) -> UserType {
  var type = UserType()
  type.name = name
  type.title = name
  type.apiCallsPerSession = CountRange(lower: calls, upper: calls)
  type.promptsPerSession = CountRange(lower: prompts, upper: prompts)
  return type
}

/// A charge of the service `edge` at a price of the book, for so many units.
package func tinyCharge(_ name: String, price: String, units: Int, driver: CostDriver = .shared) -> Charge {
  var charge = Charge()
  charge.name = name
  charge.service = "edge"
  charge.price = price
  charge.quantity.units = units
  charge.driver = driver
  return charge
}

/// The same for the gigabytes that are held.
package func tinyCharge(_ name: String, price: String, gbMonths: Int) -> Charge {
  var charge = tinyCharge(name, price: price, units: 0)
  charge.quantity = ChargeQuantity()
  charge.quantity.gbMonths = gbMonths
  return charge
}

/// The same for an amount; without a price, at so many USD of the fleet file's own.
package func tinyCharge(
  _ name: String, price: String? = nil, fixedUsd: String? = nil, amount: String, per: String? = nil
) -> Charge {
  var charge = tinyCharge(name, price: price ?? "", units: 0)
  charge.price = price
  charge.fixedUsd = fixedUsd.map { usd($0) }
  charge.quantity = ChargeQuantity()
  charge.quantity.amount = ScaledDecimal(amount)
  charge.quantity.per = per
  return charge
}

/// The same for the sum of a series.
package func tinyCharge(_ name: String, price: String, metric: Metric, driver: CostDriver = .shared) -> Charge {
  var charge = tinyCharge(name, price: price, units: 0, driver: driver)
  charge.quantity = ChargeQuantity()
  charge.quantity.metric = metric
  return charge
}

package func threshold(_ metric: Metric, _ warning: String, _ scaling: String, _ critical: String) -> Threshold {
  var threshold = Threshold()
  threshold.metric = metric
  threshold.warning = condition(warning)
  threshold.scaling = condition(scaling)
  threshold.critical = condition(critical)
  return threshold
}

/// A limit on a metric; one for all unless it is said to be each instance's, or for each GiB of memory.
package func declaredLimit(_ metric: Metric, _ value: Int, perInstance: Bool = false, perGib: Bool? = nil) -> Limit {
  var limit = Limit()
  limit.metric = metric
  limit.value = value
  limit.perInstance = perInstance
  limit.perGib = perGib
  return limit
}

/// So many percent off all that the provider bills.
package func percentOff(_ percent: String) -> Discounts {
  var discounts = Discounts()
  discounts.percent = decimal(percent)
  return discounts
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
