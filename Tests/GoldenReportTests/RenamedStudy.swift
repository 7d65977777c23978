import Analytics
import Model

extension Study {
  /// The same month of the same fleet, whose services are called otherwise wherever they stand.
  func renamed(_ new: [String: String]) throws -> Study {
    var inputs = inputs
    func named(_ name: String) -> String { new[name] ?? name }
    inputs.fleet.document = nil
    inputs.fleet.rename(named)
    for index in inputs.inventory.indices { inputs.inventory[index].service = named(inputs.inventory[index].service) }
    for index in inputs.commitments.indices {
      inputs.commitments[index].service = named(inputs.commitments[index].service)
    }
    let old = Dictionary(uniqueKeysWithValues: new.map { ($1, $0) })
    inputs.history = History(RenamedSamples(history: inputs.history, old: old), in: inputs.history.period)
    return try Study(inputs, month: month)
  }
}

extension Fleet {
  fileprivate mutating func rename(_ named: (String) -> String) {
    for index in services.indices { services[index].name = named(services[index].name) }
    global.measuredAt = global.measuredAt.map(named)
    for index in purchase.reservedBaseline.indices {
      purchase.reservedBaseline[index].service = named(purchase.reservedBaseline[index].service)
    }
    for index in alerts.indices { alerts[index].service = named(alerts[index].service) }
    for index in claims.expectedConsumption.indices {
      claims.expectedConsumption[index].service = named(claims.expectedConsumption[index].service)
    }
    for table in claims.allocations.indices {
      for row in claims.allocations[table].rows.indices {
        claims.allocations[table].rows[row].service = named(claims.allocations[table].rows[row].service)
      }
    }
  }
}

/// What was measured, under other names.
private struct RenamedSamples: SampleSource {
  let history: History
  /// What a service is called where its samples are.
  let old: [String: String]

  func series(_ key: SeriesKey, in period: Period) throws(DataError) -> Series? {
    var key = key
    key.service = old[key.service] ?? key.service
    return try history.series(key, in: period)
  }

  func serviceDays(of service: String, in days: Range<Int>) throws(DataError) -> [ServiceDay] {
    try history.serviceDays(of: old[service] ?? service, in: days)
  }
}
