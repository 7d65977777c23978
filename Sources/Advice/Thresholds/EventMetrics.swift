// What happened in an event, by the metrics of every service: those of its tables, and what is asked of it.

import Analysis
import Model

/// What is asked of services, in the order in which it is said. Connections are only where nothing else is.
private let demandMetrics: [Metric] = [.requestsPerSecond, .messagesPerSecond, .jobsPerMinute, .connections]
/// What a service is asked for by others of the fleet; where it is measured, connections are none of users.
private let innerMetrics: [Metric] = [.readsPerSecond, .iops]

/// Looks into events.
struct EventMetrics {
  /// How long after an event what leaves its usual is still taken to follow from it.
  static let follows: Int64 = 1800

  private let days: LocalDays
  private let context: AdviceContext

  init(_ days: LocalDays, _ context: AdviceContext) {
    self.days = days
    self.context = context
  }

  /// The events with what happened in them.
  func lookedInto(_ events: [ThresholdEvent]) throws(DataError) -> [ThresholdEvent] {
    guard !events.isEmpty else { return [] }
    let users = try context.totalUsers()?.values
    let windows = events.map(window)
    let watched = try places.concurrentMap { place throws(DataError) in
      try look(at: place, in: windows)
    }
    return try events.indices.map { index throws(DataError) in
      var event = events[index]
      let found = watched.map { $0[index] }
      event.users = users.flatMap { departure("users", .concurrentUsers, $0, in: windows[index], isAfter: false) }
      event.departures = found.flatMap(\.left)
      let loads = found.flatMap(\.loads)
      event.loads = loads.filter { $0.comparison.departure == .upwards }
      event.origin = event.furthestOfFirstMet(at: edge)
      event.kind = kind(of: event, isAsked: !loads.isEmpty, isTold: found.contains { $0.isTold })
      if event.kind == .oneServiceAlone, let alone = event.places(at: edge).first {
        event.steady = zip(places, found).first { $0.0.name == alone }?.1.steady ?? []
      }
      event.responses = try responses(to: event, in: windows[index])
      return event
    }
  }

  private func window(_ event: ThresholdEvent) -> Range<Int> {
    let first = days.grid.slot(event.start)
    return first..<first + Int(event.seconds / days.grid.stepSeconds)
  }

  /// Where the fleet as a whole is measured.
  private var edge: String? { context.fleet.global.measuredAt }

  private func kind(
    of event: ThresholdEvent, isAsked: Bool, isTold: Bool
  ) -> ThresholdEvent.Kind {
    let usersRose = event.users?.comparison.departure == .upwards
    if usersRose, !event.loads.isEmpty || !isAsked { return .usersGrew }
    if !event.loads.isEmpty { return event.users == nil ? .loadGrew : .loadWithoutUsers }
    guard isTold else { return .unknown }
    let touched = Set(event.places(at: edge) + event.departures.map(\.service))
    return touched.count == 1 ? .oneServiceAlone : .followed
  }
}

extension ThresholdEvent {
  /// What left its usual of the condition that was met first; of several the one furthest from its usual.
  fileprivate func furthestOfFirstMet(at edge: String?) -> MetricDeparture? {
    let met = conditions.compactMap { condition -> (start: Instant, left: MetricDeparture)? in
      let place = condition.scope == "fleet" ? edge : condition.scope
      return departures.first { $0.service == place && $0.metric == condition.metric }.map { (condition.start, $0) }
    }
    let first = met.map(\.start).min()
    return met.filter { $0.start == first }.map(\.left)
      .max { $0.comparison.spreads < $1.comparison.spreads }
  }

  /// The services of what was met, the first met first; what the fleet as a whole has is of where it is measured.
  package func places(at edge: String?) -> [String] {
    let first = conditions.enumerated().sorted { a, b in
      let (fleetA, fleetB) = (a.element.scope == "fleet" ? 1 : 0, b.element.scope == "fleet" ? 1 : 0)
      return (a.element.start, fleetA, a.offset) < (b.element.start, fleetB, b.offset)
    }
    return first.map { place in
      guard place.element.scope == "fleet" else { return place.element.scope }
      return place.element.metric.isPerInstance || place.element.metric == .concurrentUsers ? "fleet" : edge ?? "fleet"
    }.eachOnce()
  }
}

// Which metrics are looked at, and what each did.

extension EventMetrics {
  /// A service, or a place that is none of the fleet's services.
  struct Watched: Sendable {
    var name: String
    var service: Service?
    var metrics: [Metric]
  }

  /// What a service's metrics did in an event.
  struct Found: Sendable {
    var left: [MetricDeparture] = []
    /// What is asked of it, whether it left its usual or not.
    var loads: [MetricDeparture] = []
    var steady: [MetricDeparture] = []
    /// True where something tells what is usual.
    var isTold = false
  }

  /// In the fleet's order.
  private var places: [Watched] {
    let services = context.fleet.services.map { service in
      let tables =
        service.thresholds.map(\.metric)
        + (service.scaling.scaleOut + service.scaling.scaleIn + service.scaling.addReplica).map(\.metric)
      return Watched(
        name: service.name, service: service, metrics: (tables + demandMetrics + innerMetrics).eachOnce())
    }
    guard let edge, context.fleet.service(edge) == nil else { return services }
    let global = context.fleet.global.thresholds.map(\.metric).filter { !$0.isPerInstance && $0 != .concurrentUsers }
    return services + [Watched(name: edge, service: nil, metrics: (global + demandMetrics).eachOnce())]
  }

  private func look(at place: Watched, in windows: [Range<Int>]) throws(DataError) -> [Found] {
    var found = windows.map { _ in Found() }
    let metrics = try values(of: place)
    let hasDemand = metrics.contains { demandMetrics.dropLast().contains($0.metric) }
    let hasInner = metrics.contains { innerMetrics.contains($0.metric) }
    for (metric, values) in metrics {
      let isDemand = demandMetrics.contains(metric) && (metric != .connections || !hasDemand && !hasInner)
      let isAsked = isDemand || innerMetrics.contains(metric) || metric == .connections
      for (index, window) in windows.enumerated() {
        guard let own = departure(place.name, metric, values, in: window, isAfter: false) else { continue }
        found[index].isTold = true
        if isDemand { found[index].loads.append(own) }
        if own.comparison.departure != nil {
          found[index].left.append(own)
          continue
        }
        let behind =
          window.upperBound..<min(days.grid.count, window.upperBound + Int(Self.follows / days.grid.stepSeconds))
        if !behind.isEmpty, let late = departure(place.name, metric, values, in: behind, isAfter: true),
          late.comparison.departure != nil
        {
          found[index].left.append(late)
        } else if isAsked {
          found[index].steady.append(own)
        }
      }
    }
    return found
  }

  /// The metrics of a place that were measured; of instances the average over them.
  private func values(of place: Watched) throws(DataError) -> [(metric: Metric, values: [Double?])] {
    var found: [(metric: Metric, values: [Double?])] = []
    for metric in place.metrics {
      if metric.isPerInstance {
        guard let service = place.service else { continue }
        let load = try context.load(of: service)
        let offered = load.measuredCapacity(context.catalogue)
        switch metric {
        case .cpuPercent: found.append((metric, percent(load.meanVcpu, of: offered.vcpu)))
        case .memoryPercent: found.append((metric, percent(load.memoryGiB, of: offered.memoryGiB)))
        default: continue
        }
      } else if let measured = try context.wholeValues(SeriesKey(service: place.name, metric: metric)) {
        found.append((metric, measured.values))
      }
    }
    return found
  }

  /// What a metric did in a window; nil where nobody can tell what is usual.
  private func departure(
    _ service: String, _ metric: Metric, _ values: [Double?], in window: Range<Int>, isAfter: Bool
  ) -> MetricDeparture? {
    guard let comparison = UsualComparison(of: values, in: window, on: days) else { return nil }
    let isBelow = comparison.departure == .downwards
    let measured = MeasuredValues(values, intervalSeconds: days.grid.stepSeconds)
    guard let peak = measured.peak(isBelow ? .below : .above, in: window, on: days.grid) else { return nil }
    var (onset, ending) = (window.lowerBound, window.upperBound)
    if let departure = comparison.departure {
      if !isAfter { onset = values.onset(before: window, departure, on: days) }
      ending = values.ending(after: window, departure, on: days)
    }
    return MetricDeparture(
      service: service, metric: metric, comparison: comparison, peak: peak, isAfter: isAfter,
      since: days.grid.instant(onset), until: days.grid.instant(ending))
  }
}

// Whether capacity followed.

extension EventMetrics {
  /// Of each group of instances that met something, or of which more was asked.
  private func responses(to event: ThresholdEvent, in window: Range<Int>) throws(DataError) -> [ScalingResponse] {
    guard event.kind != .unknown else { return [] }
    let touched = Set(event.places(at: edge) + event.loads.map(\.service))
    let first =
      event.loads.map { days.grid.slot($0.since) }.min().map { min($0, window.lowerBound) } ?? window.lowerBound
    let end = event.loads.map { days.grid.slot($0.until) }.max().map { max($0, window.upperBound) } ?? window.upperBound
    var found: [ScalingResponse] = []
    for service in context.fleet.services where touched.contains(service.name) && service.approach == .group {
      let counts = try context.load(of: service).running
      guard counts.count == days.grid.count, !counts.isEmpty else { continue }
      var response = ScalingResponse(
        of: service.name, counts, during: max(0, first)..<min(end, counts.count), knowsLoad: !event.loads.isEmpty,
        on: days)
      if response.isLate { response.cost = cost(of: response, service) }
      found.append(response)
    }
    return found
  }

  /// What the excess costs on demand, at the price of the type that was started last; nil where it is not known.
  private func cost(of response: ScalingResponse, _ service: Service) -> Money? {
    guard let rose = response.rose, let until = response.until, rose < until else { return nil }
    let ran = context.inventory[service.name].filter { $0.overlap(with: Period(start: rose, end: until)) != nil }
    guard let newest = ran.max(by: { ($0.started, $0.resource) < ($1.started, $1.resource) }) else { return nil }
    let kind = context.kind(newest.type, of: service)
    guard let price = context.catalogue.onDemandIfKnown(kind, at: rose),
      let currency = try? context.engine.currency(over: context.period)
    else { return nil }
    let dollars = price.hourly.perHour(seconds: response.excessSeconds)
    return try? context.engine.billed(dollars, context.cloud.priceService(of: kind), in: currency)
  }
}
