import Analysis
import GRDB
import Model
import TestSupport
import Testing

@testable import Store

@Suite struct ServiceDayTests {
  @Test(
    "Days that imports worked out equal the samples: overlapping, out of order, forgotten and imported again",
    arguments: 0..<40)
  func daysEqualSamples(seed: Int) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    var random = SplitMix64(seed: seed)
    let world = World(&random)
    for step in 0..<12 {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: try world.importInventory(into: store, step, &random)
      case 1: try store.writing { db in try db.execute(sql: "UPDATE service_day SET blob = NULL WHERE day % 2 = 0") }
      case 2: try workOut(store)
      default: try world.importSamples(into: store, step, &random)
      }
      try expectDaysOfSamples(store)
    }
    try world.importInventory(into: store, 12, &random)
    try world.importSamples(into: store, 13, &random)
    try workOut(store)
    try expectDaysOfSamples(store)
    try expectLoadsOfSamples(store, world)
  }

  @Test("A day that is over is worked out, one that is not is left to be, and an import that changes it drops it")
  func dropped() throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    let start = ServiceDay.period(of: 20_000).start
    _ = try store.importInventory(
      [
        InstanceRun(
          service: "frontend", resource: "i-1", type: "m5.large", zone: "z", lifecycle: .onDemand, started: start,
          stopped: nil)
      ],
      from: source(.inventory))
    // A day and a half at five minutes.
    _ = try store.importUtilisation(
      [series(from: start, Array(repeating: 250, count: 432))], from: source(.utilisation))
    try workOut(store)
    func days() throws -> [Int] {
      try StoredSamples(store).serviceDays(of: "frontend", in: 0..<65_536).map(\.day)
    }
    #expect(try days() == [20_000])
    _ = try store.importUtilisation(
      [series(from: start.advanced(by: 60), [990])], from: source(.utilisation, checksum: 2))
    #expect(try days() == [])
    try workOut(store)
    #expect(try days() == [20_000])
    _ = try store.importInventory(
      [
        InstanceRun(
          service: "frontend", resource: "i-2", type: "m5.large", zone: "z", lifecycle: .onDemand, started: start,
          stopped: nil)
      ],
      from: source(.inventory, checksum: 2))
    #expect(try days() == [])
  }

  @Test("The bytes of a day give the day again, and no other bytes trap", arguments: 0..<20)
  func bytes(seed: Int) throws {
    var random = SplitMix64(seed: seed)
    let world = World(&random)
    let series = Dictionary(uniqueKeysWithValues: world.truth.map { ($0.key, $0) })
    let day = try ServiceDay(world.firstDay, of: "app", runs: world.runs) { series[$0] }
    let bytes = day.encoded(of: "app")
    #expect(bytes.withUnsafeBytes { ServiceDay($0, of: "app", day: day.day) } == day)
    #expect(bytes.withUnsafeBytes { ServiceDay($0, of: "db", day: day.day) } == nil)
    #expect(bytes.withUnsafeBytes { ServiceDay($0, of: "app", day: day.day + 1) } == nil)
    for _ in 0..<200 {
      var damaged = bytes
      damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      if Bool.random(using: &random) { damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random)) }
      guard damaged != bytes else { continue }
      #expect(damaged.withUnsafeBytes { ServiceDay($0, of: "app", day: day.day) } == nil)
    }
  }

  @Test("A sum is exact in any order of instances, and a value of more than nine decimals is rounded half-even to nine")
  func exactSums() throws {
    let day = 20_000
    let runs = ["a", "b"].map { run($0, of: "app", "m5.large", ServiceDay.period(of: day)) }
    let midnight = ServiceDay.period(of: day).start.seconds
    func cpu(_ resource: String, _ mantissa: Int64, _ scale: Int) -> Series {
      Series(
        key: SeriesKey(service: "app", resource: resource, metric: .cpuPercent), instants: [midnight + 300],
        mantissas: [mantissa], scale: scale)
    }
    // 12.5 + 0.12345678950 (a tie: half-even to 0.123456790, for ..89 is odd) = 12.623456790.
    let series = [cpu("a", 125, 1), cpu("b", 1_234_567_895, 10)]
    for order in [runs, runs.reversed()] {
      let worked = try ServiceDay(day, of: "app", runs: order) { key in series.first { $0.key == key } }
      #expect(worked.sums.map(\.sums) == [[12_623_456_790]])
      #expect(worked.sums.map(\.slots) == [[1]] && worked.sums.map(\.samples) == [[2]])
    }
  }

  @Test("Each instance counts once in a slot: of CPU the mean of its samples, of memory the highest")
  func intervals() throws {
    let period = ServiceDay.period(of: 20_000)
    let runs = ["a", "b"].map { run($0, of: "app", "m5.large", period) }
    func series(_ resource: String, _ metric: Metric, every step: Int64) -> Series {
      samples("app", resource, metric, on: SampleGrid(period: period, stepSeconds: step)) { $0 % 5 == 0 ? 50 : 10 }
    }
    let all = [
      series("a", .cpuPercent, every: 60), series("b", .cpuPercent, every: 3600),
      series("a", .memoryPercent, every: 60),
    ]
    let worked = try ServiceDay(20_000, of: "app", runs: runs) { key in all.first { $0.key == key } }
    let (cpu, memory) = (try #require(worked.sums.first), try #require(worked.sums.last))
    // (50 + 4 x 10) / 5 = 18 of a; of b 50 in the first hour, then 10.
    #expect(cpu.slots == Array(0..<288) && cpu.samples.allSatisfy { $0 == 2 })
    #expect(cpu.sums[0..<12].allSatisfy { $0 == 68_000_000_000 } && cpu.sums[12] == 28_000_000_000)
    #expect(memory.sums.allSatisfy { $0 == 50_000_000_000 })
    // b's last hour reaches to the end of the day.
    #expect(worked.extents.map(\.last) == [86_340, 86_100, 86_340].map { period.start.seconds + $0 })
  }

  @Test("A day is the same whatever decimals the samples of other days have, however large its own are")
  func decimalsOfNeighbours() throws {
    let period = ServiceDay.period(of: 20_000)
    let runs = [run("a", of: "app", "m5.large", Period(start: period.start, end: period.end.advanced(by: 86_400)))]
    let key = SeriesKey(service: "app", resource: "a", metric: .cpuPercent)
    let (first, next) = (period.start.seconds, period.end.seconds)
    // 3 × 10¹⁰ percent are all of the instance, 100 × 10⁹, whatever decimals a neighbour such as 10.000000001 brings.
    let plain = Series(key: key, instants: [first], mantissas: [30_000_000_000], scale: 0)
    let beside = Series(
      key: key, instants: [first, next], mantissas: [30_000_000_000, 10_000_000_001], scales: [0, 9])
    let (a, b) = (
      try ServiceDay(20_000, of: "app", runs: runs) { _ in plain },
      try ServiceDay(20_000, of: "app", runs: runs) { _ in beside }
    )
    #expect(a == b && a.sums.allSatisfy { $0.sums == [100_000_000_000] })
  }

  @Test(
    "Rows that no import writes are refused before anything is stored",
    arguments: [
      "('app', -9223372036854775808, NULL)", "('app', 70000, NULL)", "('app', -1e300, NULL)",
      "(x'617070', 20000, NULL)",
    ])
  func strangers(row: String) throws {
    let folder = try TemporaryFolder()
    let store = try folder.store()
    try store.writing { db in try db.execute(sql: "INSERT INTO service_day VALUES \(row)") }
    let error = failure { () throws(DataError) in
      _ = try store.importUtilisation([series([1, 2])], from: source(.utilisation))
    }
    #expect(error?.kind == .badData)
    #expect(try store.series() == [])
  }

  private func workOut(_ store: FleetStore) throws {
    try store.deriveServiceDays { day, service, runs, series throws(DataError) in
      try ServiceDay(day, of: service, runs: runs, series: series)
    }
  }

  /// Every day that is stored and made of the runs of now is what its samples give.
  @discardableResult
  private func expectDaysOfSamples(_ store: FleetStore) throws -> Int {
    let inventory = try store.inventory()
    var count = 0
    for service in ["app", "db"] {
      let runs = inventory.filter { $0.service == service }
      for stored in try StoredSamples(store).serviceDays(of: service, in: 0..<65_536) {
        let fresh = try ServiceDay(stored.day, of: service, runs: runs) { key throws(DataError) in
          try store.series(key)
        }
        #expect(stored == fresh)
        count += 1
      }
    }
    return count
  }

  /// The load of a service over a period that cuts days is that of the same samples without any day worked out.
  private func expectLoadsOfSamples(_ store: FleetStore, _ world: World) throws {
    let start = ServiceDay.period(of: world.firstDay).start
    let period = Period(start: start.advanced(by: 4 * 3600), end: start.advanced(by: 86_400 * 3 - 7200))
    let grid = SampleGrid(period: period)
    let runs = try store.inventory()
    let all = try store.series()
    let stored = try ServiceLoad(
      tinyService("app", ["m5.large"]), runs: runs, history: History(StoredSamples(store), in: period), grid: grid,
      catalogue: catalogue())
    let plain = try ServiceLoad(
      tinyService("app", ["m5.large"]), runs: runs, history: History(all), grid: grid, catalogue: catalogue())
    #expect(stored.meanVcpu == plain.meanVcpu && stored.peakVcpu == plain.peakVcpu)
    #expect(stored.memoryGiB == plain.memoryGiB && stored.memoryInstances == plain.memoryInstances)
    #expect(stored.carrying == plain.carrying)
  }
}

/// Instances of two services over three days and what they really did; files tell parts of it.
private struct World {
  let firstDay = 20_000
  var runs: [InstanceRun]
  let truth: [Series]

  init(_ random: inout SplitMix64) {
    let start = ServiceDay.period(of: firstDay).start
    var runs: [InstanceRun] = []
    var truth: [Series] = []
    for (service, resource) in [("app", "a"), ("app", "b"), ("app", "c"), ("db", "d")] {
      let change = start.advanced(by: Int64.random(in: 1..<200_000, using: &random))
      let end = change.advanced(by: Int64.random(in: 1..<100_000, using: &random))
      let types = ["m5.large", "m5.xlarge"].shuffled(using: &random)
      for (type, from, to) in [(types[0], start, change), (types[1], change, end)] {
        runs.append(
          InstanceRun(
            service: service, resource: resource, type: type, zone: "z", lifecycle: .onDemand, started: from,
            stopped: to))
      }
      for metric in ServiceDay.metrics where Int.random(in: 0..<4, using: &random) > 0 {
        let step = [60, 300, 300, 420].randomElement(using: &random)!
        let share = Double.random(in: 0.2...1, using: &random)
        let instants = stride(from: start.seconds, to: start.seconds + 3 * 86_400, by: step)
          .filter { _ in Double.random(in: 0..<1, using: &random) < share }
        let scale = [0, 1, 4, 12].randomElement(using: &random)!
        truth.append(
          Series(
            key: SeriesKey(service: service, resource: resource, metric: metric), instants: instants.map { Int64($0) },
            mantissas: instants.map { _ in Int64.random(in: 0..<1_000_000_000_000, using: &random) }, scale: scale))
      }
    }
    self.runs = runs
    self.truth = truth
  }

  /// Some runs, the last of them now and then still running.
  func importInventory(into store: FleetStore, _ step: Int, _ random: inout SplitMix64) throws {
    var some = runs.filter { _ in Bool.random(using: &random) }
    for index in some.indices where some[index].started > runs[0].started {
      if Int.random(in: 0..<3, using: &random) == 0 { some[index].stopped = nil }
    }
    guard !some.isEmpty else { return }
    _ = try store.importInventory(some, from: file(.inventory, step))
  }

  /// A file with parts of some series, some values of which differ from what an earlier one said.
  func importSamples(into store: FleetStore, _ step: Int, _ random: inout SplitMix64) throws {
    var parts: [Series] = []
    for series in truth.shuffled(using: &random) where series.count > 1 && Bool.random(using: &random) {
      let lower = Int.random(in: 0..<(series.count - 1), using: &random)
      var part = series.slice(lower..<Int.random(in: (lower + 1)...series.count, using: &random))
      if Int.random(in: 0..<4, using: &random) == 0 { part.mantissas[0] += 7 }
      parts.append(part)
    }
    guard !parts.isEmpty else { return }
    _ = try store.importUtilisation(parts, from: file(.utilisation, step))
  }

  private func file(_ kind: SourceFile.Kind, _ step: Int) -> SourceFile {
    SourceFile(kind: kind, name: "file \(step)", byteCount: step, checksum: UInt64(step))
  }
}
