import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// Services that scale up: every dimension, every type of the book.
@Suite struct VerticalSizingTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)
  private let m5 = ["m5.large", "m5.xlarge", "m5.2xlarge"]

  @Test("Of the whole price book the cheapest type that fits is taken, the effort of moving counted")
  func catalogue() throws {
    // Needs 20 % of 4 vCPU / 0.8 = 1 vCPU and 20 % of 16 GiB / 0.8 = 4 GiB, which a c5.large has just so. A t3.medium earns
    // 0.4 of the 0.8 vCPU used, a t3.large 0.6. 0.085 x 1.05 = 0.08925 against the 0.096 of an m5.large, the smallest of the
    // same family.
    var study = study(["m5.xlarge"], on: "m5.xlarge", cpu: 20, memory: 20)
    study.prices.clock("c5.large", 20_000)
    study.prices.clock("m5.xlarge", 20_000)
    study.fleet = { $0.review.candidates = .catalogue }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "c5.large", .otherFamily))
    // 0.085 x 1.2 is more than 0.096.
    study.fleet = {
      $0.review.candidates = .catalogue
      $0.review.otherFamilyEffortPercent = 20
    }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "m5.large"))
    // The list alone has nothing smaller; what the book has is said.
    study.fleet = { _ in }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    let outside = verdict.candidates.filter { !$0.isPermitted }
    #expect(outside.map(\.size.type) == ["m5.large", "c5.large"])
    #expect(outside.map(\.migration.effort) == [.none, .otherFamily])
    #expect(outside.map(\.hourly) == [usd("0.096"), usd("0.085")])
  }

  @Test("Another architecture is named and must be cheaper by more; a cache node is not proposed for an instance")
  func architectures() throws {
    var study = study(["m5.xlarge"], on: "m5.xlarge", cpu: 20, memory: 20)
    for index in study.prices.specifications.indices { study.prices.specifications[index].architecture = "x86_64" }
    study.prices.specify("c6g.large", vcpu: 2, milliGiB: 4000)
    study.prices.specifications[study.prices.specifications.count - 1].architecture = "arm64"
    study.prices.sell("c6g.large", "0.068")
    for type in ["c6g.large", "c5.large", "m5.xlarge"] { study.prices.clock(type, 20_000) }
    study.fleet = { $0.review.candidates = .catalogue }
    let verdict = try study.advice(RightSizing()).verdict
    // 0.068 x 1.15 = 0.0782, less than the 0.085 x 1.05 of a c5.large.
    #expect(verdict.moves("m5.xlarge", to: "c6g.large", .otherArchitecture))
    #expect(verdict.move?.migration.architecture == "arm64")
    #expect(!verdict.candidates.contains { $0.size.type.hasPrefix("cache.") })
    // 0.068 x 1.4 = 0.0952 is more than 0.08925.
    study.fleet = {
      $0.review.candidates = .catalogue
      $0.review.otherArchitectureEffortPercent = 40
    }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "c5.large", .otherFamily))
  }

  @Test("A slower vCPU counts for less, and by what its measurement may be off")
  func speed() throws {
    // Needs 1.9 x 0.8 / 0.8 = 1.9 vCPU. A c5.large measured at 0.9 of the speed has 1.8; measured as fast, ± 10 % of each,
    // 2 x (1 - 0.1414) = 1.72.
    for (speed, noise) in [(Int64(18_000), 0), (20_000, 10)] {
      var study = study(["m5.xlarge", "c5.large"], on: "m5.xlarge", cpu: 38, memory: 10)
      study.prices.clock("m5.xlarge", 20_000, noise: noise)
      study.prices.clock("c5.large", speed, noise: noise)
      let verdict = try study.advice(RightSizing()).verdict
      #expect(verdict.outcome == .kept)
      #expect(verdict.tooSmall == [.capacity(.cpu, offered: noise == 0 ? 1.8 : 1.72, needed: 1.9)])
    }
    // As fast, exactly.
    var study = study(["m5.xlarge", "c5.large"], on: "m5.xlarge", cpu: 38, memory: 10)
    study.prices.clock("m5.xlarge", 20_000)
    study.prices.clock("c5.large", 20_000)
    #expect(try study.advice(RightSizing()).verdict.moves("m5.xlarge", to: "c5.large", .otherFamily))
  }

  @Test("Traffic beyond what a type carries all day keeps the larger one")
  func network() throws {
    var study = study(m5, on: "m5.2xlarge", cpu: 10, memory: 10)
    study.specify { specification in
      specification.networkBaselineMbps = ["m5.large": 750, "m5.xlarge": 1250, "m5.2xlarge": 2500][specification.type]
    }
    // 640 / 0.8 = 800 out, beside 100 in.
    study.measure(.networkOutMbps) { _ in 640 }
    study.measure(.networkInMbps) { _ in 100 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.xlarge"))
    let smaller = try #require(verdict.candidate("m5.large"))
    #expect(smaller.roundedShortfalls == [.capacity(.network, offered: 750, needed: 800)])
    // Without headroom 640 of 750.
    #expect(smaller.nodes?.risk.exceeded == 0)
  }

  @Test("Operations of the service as a whole are taken to be one node's")
  func operations() throws {
    var study = study(m5, on: "m5.2xlarge", cpu: 10, memory: 10)
    study.specify { specification in
      specification.ebsBaselineIOPS = ["m5.large": 3600, "m5.xlarge": 6000, "m5.2xlarge": 12_000][specification.type]
    }
    study.series.append(samples("app", .iops, on: grid) { _ in 4000 })
    // 4,000 / 0.8 = 5,000.
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.xlarge"))
    let need = try #require(verdict.need(.iops))
    #expect(need.used == 4000 && abs(need.amount! - 5000) < 1e-9 && need.isOfWholeService)
  }

  @Test("What MongoDB caches must fit the cache that it takes of the smaller type's memory")
  func databaseCache() throws {
    // WiredTiger takes (16 - 1) / 2 = 7.5 GiB of an m5.xlarge, (8 - 1) / 2 = 3.5 of an m5.large. 5.8 / 0.8 = 7.25.
    var study = database()
    let inDoubt = SizeDoubt(
      CountedType("m5.large"), unknown: CoverageShortfall(.cache, .unmeasured), less: .each(gib: 8, ownGiB: 32))
    #expect(try study.advice(RightSizing()).verdict.sizeReason == .doubt(inDoubt))
    study.measure(.cacheGiB, scale: 1) { _ in 58 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.xlarge"))
    #expect(
      verdict.candidate("m5.large")?.roundedShortfalls == [.capacity(.cache, offered: 3.5, needed: 7.25)])
  }

  @Test("Connections that each GiB of memory allows are a dimension like others")
  func connections() throws {
    var study = study(m5, on: "m5.2xlarge", cpu: 10, memory: 10)
    study.service.limits = [declaredLimit(.connections, 100, perGib: true)]
    study.service.thresholds = [threshold(.connections, "> 60% of max", "> 75% of max", "> 90% of max")]
    study.series.append(samples("app", .connections, on: grid) { _ in 1000 })
    // 75 for each GiB: 600 of an m5.large, 1,200 of an m5.xlarge.
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.moves("m5.2xlarge", to: "m5.xlarge"))
    #expect(
      verdict.candidate("m5.large")?.roundedShortfalls
        == [.capacity(.metric(.connections), offered: 600, needed: 1000)])
  }

  @Test("A cluster may divide its data among more of smaller nodes")
  func clusterNodes() throws {
    // 3 x 5 GiB of 12.93 (38.67 %) are 15 GiB; 25 % are reserved. 4 cache.m5.large of 6.38 x 0.75 = 4.785 hold 19.14:
    // 4 x 0.156 = 0.624 against 3 x 0.311 = 0.933. Three hold 14.355.
    let service = tinyService("cache", ["cache.m5.large", "cache.m5.xlarge"]) {
      $0.engine = "redis"
      $0.approach = .cluster
      $0.reservedMemoryPercent = 25
      $0.cluster = cluster(3, most: 6)
    }
    var study = TinyStudy(service, count: 3, "cache.m5.xlarge", on: grid)
    study.measure(.cpuPercent) { _ in 5 }
    study.measure(.memoryPercent, scale: 2) { _ in 3867 }
    let advice = try study.advice(RightSizing())
    #expect(advice.verdict.moves(CountedType(3, "cache.m5.xlarge"), to: CountedType(4, "cache.m5.large")))
    #expect(try study.planAfter(advice).runs.map(\.type) == [String](repeating: "cache.m5.large", count: 4))
    #expect(
      advice.verdict.candidate(CountedType(3, "cache.m5.large"))?.roundedShortfalls
        == [.capacity(.memory, offered: 6.38, needed: 6.67)])
  }

  @Test("A cluster loses no node while its memory is unmeasured")
  func clusterMemoryUnknown() throws {
    let service = tinyService("cache", ["cache.m5.xlarge"]) {
      $0.engine = "redis"
      $0.approach = .cluster
      $0.minimum = 2
      $0.cluster = cluster(2, most: 3)
    }
    var study = TinyStudy(service, count: 3, "cache.m5.xlarge", on: grid)
    study.measure(.cpuPercent) { _ in 5 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    let fewer = CountedType(2, "cache.m5.xlarge")
    #expect(
      verdict.sizeReason
        == .doubt(
          SizeDoubt(
            fewer, unknown: CoverageShortfall(.memory, .unmeasured),
            less: .together(fewer, own: CountedType(3, "cache.m5.xlarge")))))
  }

  @Test("The credits of a burstable type must last for the busiest node, not for the mean of all")
  func creditsOfTheNeediest() throws {
    // The primary uses 1 of its 2 vCPU, two replicas 0.04: 0.36 in the mean, below the 0.6 that a t3.large earns.
    var study = study(["m5.large", "t3.large"], on: "m5.large", cpu: 2, memory: 20)
    for slot in study.series[0].mantissas.indices { study.series[0].mantissas[slot] = 50 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .kept)
    guard case .creditBaseline(let mean, let baseline, _)? = verdict.tooSmall?.last else {
      Issue.record("\(verdict.reason)")
      return
    }
    #expect(mean == 1 && baseline == 0.6)
  }

  @Test("What runs is what ran last, whatever ran longer")
  func movedAlready() throws {
    // Two days of three on an m5.2xlarge, the last on the m5.xlarge that fits.
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 0, "m5.xlarge", on: grid)
    study.runs = [
      run("app-1", of: "app", "m5.2xlarge", period("2026-10-01", "2026-10-03")),
      run("app-2", of: "app", "m5.xlarge", period("2026-10-03", "2026-10-04")),
    ]
    for (name, slots, percent) in [("app-1", 0..<48, Int64(25)), ("app-2", 48..<72, 50)] {
      for metric in [Metric.cpuPercent, .memoryPercent] {
        study.series.append(samples("app", name, metric, on: grid) { slots.contains($0) ? percent : nil })
      }
    }
    #expect(try study.advice(RightSizing()).verdict.conclusion == .keep(CountedType("m5.xlarge")))
  }

  @Test("A bold risk takes the size that is short now and then, a cautious one does not")
  func risk() throws {
    // 30 days of hours; in 1 % of them 3 vCPU are used, else 0.5. At 1 % + of time short, an m5.large of half the price
    // of an m5.xlarge loses 25 + 10 x 1.x; cautious 25 + 40 x 1.x against 50.
    let month = SampleGrid(period: period("2026-09-01", "2026-10-01"), stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: month)
    study.measure(.cpuPercent, scale: 2) { $0 % 100 == 0 ? 3750 : 625 }
    study.measure(.memoryPercent) { _ in 5 }
    study.fleet = { $0.review.risk = .bold }
    let bold = try study.advice(RightSizing()).verdict
    #expect(bold.moves("m5.2xlarge", to: "m5.large"))
    guard case .leastLoss(.bold, let share, nil, let memory, _)? = bold.move?.gain else {
      Issue.record("\(bold.reason)")
      return
    }
    // 5 % of 32 GiB / 0.8.
    #expect((0.01..<0.02).contains(share) && abs(memory! - 2) < 1e-9)
    #expect(bold.candidate("m5.large")?.nodes?.expected?.shortShare == share)
    study.fleet = { $0.review.risk = .cautious }
    #expect(try study.advice(RightSizing()).verdict.moves("m5.2xlarge", to: "m5.xlarge"))
  }

  @Test("Only as many days are looked back on as the fleet file says, and older ones may count for less")
  func lookback() throws {
    let month = SampleGrid(period: period("2026-10-01", "2026-10-31"), stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: month)
    // Busy in the first ten days: 60 % of 8 vCPU / 0.8 = 6.
    study.measure(.cpuPercent) { $0 < 240 ? 60 : 10 }
    study.measure(.memoryPercent) { _ in 10 }
    #expect(try study.advice(RightSizing()).verdict.outcome == .kept)
    study.fleet = { $0.review.lookbackDays = 14 }
    let recent = try study.advice(RightSizing()).verdict
    #expect(recent.moves("m5.2xlarge", to: "m5.large"))
    #expect(recent.evidence.period == period("2026-10-17", "2026-10-31"))
    // Half-life of two days: what is 20 days old counts 1/1024 of today; all of it less than 0.5 %.
    study.fleet = { $0.review.halfLifeDays = 2 }
    let faded = try study.advice(RightSizing()).verdict
    #expect(faded.moves("m5.2xlarge", to: "m5.large") && faded.sizeFigures.contains(.halfLife(days: 2)))
  }

  @Test("Thirty hours of the last fourteen days must be seen")
  func recentHours() throws {
    let month = SampleGrid(period: period("2026-10-01", "2026-10-31"), stepSeconds: 3600)
    var study = TinyStudy(tinyService("app", m5) { $0.approach = .cluster }, count: 1, "m5.2xlarge", on: month)
    // Days 1 to 16 and 20 hours of the last 14 days, of 30.
    for metric in [Metric.cpuPercent, .memoryPercent] { study.measure(metric) { $0 < 404 ? 10 : nil } }
    study.fleet = { $0.review.requiredCoveragePercent = 50 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.outcome == .refused)
    #expect(verdict.reason == .shortfall(CoverageShortfall(.cpu, .hours(20, required: 30, lastDays: 14))))
  }

  @Test("Storage is followed to the day it crosses the size at which to shard")
  func storage() throws {
    var study = database()
    // 70 GiB, one more each day: 72 on the last of three, 80 eight days after it.
    study.series.append(samples("app", .storageGiB, on: grid) { 70 + Int64($0 / 24) })
    let outlooks = try study.advice(RightSizing()).verdict.sizeFigures.compactMap { figure in
      if case .storage(let outlook) = figure { outlook } else { nil }
    }
    let expected = StorageOutlook(
      gib: 72, on: CivilDate("2026-10-03")!, datasetGiB: 100, shardingPercent: 80,
      growth: .init(gibPerDay: 1, confidence: 1...1, days: 3), expected: .on(CivilDate("2026-10-11")!),
      earliest: .on(CivilDate("2026-10-11")!), latest: .on(CivilDate("2026-10-11")!))
    #expect(outlooks == [expected])
  }

  /// A database on WiredTiger with constant use.
  private func database() -> TinyStudy {
    var study = study(m5, on: "m5.2xlarge", cpu: 10, memory: 10)
    var rules = DatabaseRules()
    rules.replicas = 2
    rules.shardingDatasetGib = 100
    rules.cache = .wiredTiger
    study.service.database = rules
    return study
  }

  private func cluster(_ nodes: Int, most: Int) -> ClusterRules {
    var rules = ClusterRules()
    rules.initialNodes = nodes
    rules.maximumNodes = most
    rules.maximumType = "cache.m5.xlarge"
    return rules
  }

  private func study(_ types: [String], on type: String, cpu: Int64, memory: Int64) -> TinyStudy {
    var study = TinyStudy(tinyService("app", types) { $0.approach = .cluster }, count: 3, type, on: grid)
    study.measure(.cpuPercent) { _ in cpu }
    study.measure(.memoryPercent) { _ in memory }
    return study
  }
}

extension TinyStudy {
  /// Changes what every type offers.
  fileprivate mutating func specify(_ change: (inout InstanceSpecification) -> Void) {
    for index in prices.specifications.indices { change(&prices.specifications[index]) }
  }
}

extension PriceBook {
  /// CoreMark iterations a second of each vCPU.
  fileprivate mutating func clock(_ type: String, _ perVcpu: Int64, noise: Int = 0) {
    let vcpu = specifications.first { $0.type == type }!.vcpu
    performance.append(
      InstancePerformance(
        type: type, milliCoreMark: perVcpu * Int64(vcpu) * 1000, threads: vcpu, noisePercent: noise,
        provenance: provenance()))
  }
}
