import Ingest
import Model
import Testing

/// Feeds batches of keys and samples to an interpreter, and reads its samples as text.
private struct Reading {
  var interpreter: SampleInterpreter
  private var nextLine = 2

  init(_ naming: SeriesNaming = SeriesNaming(), zone: String? = nil) {
    interpreter = SampleInterpreter(
      file: "usage.csv", naming: naming, clock: zone.map { LocalClock(identifier: $0)! })
  }

  mutating func take(_ keys: [SourceKey] = [], _ samples: [Sample], lane: Int = 0) throws(DataError) -> [String] {
    var batch = SampleBatch()
    batch.newKeys = keys
    batch.samples = samples
    batch.lines = max(1, samples.count)
    try interpreter.take(&batch, lane: lane, firstLine: nextLine)
    nextLine += batch.lines
    return batch.samples.map { sample in
      #expect(!sample.isLocal)
      let value = ScaledDecimal(mantissa: sample.mantissa, scale: Int(sample.scale))
      return "\(interpreter.keys[Int(sample.series)]) \(Instant(seconds: sample.seconds)) \(value)"
    }
  }
}

private func sample(_ series: UInt32, _ time: String, _ value: String, isLocal: Bool = false) -> Sample {
  let number = ScaledDecimal(value)!
  return Sample(
    series: series, seconds: Instant(time)!.seconds, mantissa: number.mantissa, scale: UInt8(number.scale),
    isLocal: isLocal)
}

private func name(_ key: SourceKey, _ naming: SeriesNaming = SeriesNaming()) throws(DataError) -> String {
  var reading = Reading(naming)
  _ = try reading.take([key], [])
  return reading.interpreter.keys.first?.description ?? "skipped"
}

private let labels = [
  SourceKey.Label("app", "shop"), SourceKey.Label("instance", "10.0.0.1:9100"), SourceKey.Label("job", "node"),
]

@Suite struct SeriesNamingTests {
  @Test("The file comes before the options, and both before the inventory")
  func precedence() throws {
    let naming = SeriesNaming(
      service: "given", resource: "i-9", metric: "calls", serviceOfResource: ["i-1": "known", "i-9": "known"])
    #expect(try name(SourceKey(service: "web", resource: "i-1", metric: "iops"), naming) == "web/i-1 iops")
    #expect(try name(SourceKey(), naming) == "given/i-9 calls")
    // An empty resource is the service as a whole, and said.
    #expect(try name(SourceKey(resource: "", metric: "iops"), naming) == "given iops")
    var inventory = naming
    inventory.service = nil
    #expect(try name(SourceKey(resource: "i-1", metric: "iops"), inventory) == "known/i-1 iops")
    #expect(try name(SourceKey(metric: "iops"), inventory) == "known/i-9 iops")
  }

  @Test("Labels of the mapping come before the options, built-in ones after them")
  func labelPrecedence() throws {
    let key = SourceKey(metric: "iops", labels: labels)
    #expect(try name(key) == "node/10.0.0.1:9100 iops{app=shop}")
    #expect(try name(key, SeriesNaming(service: "web")) == "web/10.0.0.1:9100 iops{app=shop}")
    let mapping = MetricMapping(labels: LabelRule(service: ["team", "app"], ignore: ["job"]))
    #expect(try name(key, SeriesNaming(service: "web", mapping: mapping)) == "shop/10.0.0.1:9100 iops")
  }

  @Test("Other labels keep series apart in the metric's name, sorted, and quoted where they must be")
  func labelSuffix() throws {
    let key = SourceKey(
      service: "web", resource: "i-1", metric: "node_cpu",
      labels: [
        .init("__name__", "node_cpu"), .init("mode", "idle"), .init("cpu", "0"), .init("empty", ""),
        .init("path", "a,b=\"c\""),
      ])
    // A name among the labels is no label.
    #expect(try name(key) == "web/i-1 node_cpu{cpu=0,mode=idle,path=\"a,b=\\\"c\\\"\"}")
    let mapping = MetricMapping(
      metrics: ["node_cpu": MetricRule(.cpuPercent)], labels: LabelRule(ignore: ["path", "cpu"]))
    #expect(try name(key, SeriesNaming(mapping: mapping)) == "web/i-1 cpu_percent{mode=idle}")
  }

  @Test("Well-known names are ours without a mapping, and the mapping overrides them")
  func builtIn() throws {
    #expect(
      try name(SourceKey(service: "web", resource: "i-1", metric: "CPUUtilization Maximum"))
        == "web/i-1 cpu_max_percent")
    #expect(try name(SourceKey(service: "web", metric: "NetworkIn")) == "web NetworkIn")
    #expect(try name(SourceKey(service: "web", metric: "Memory usage [KB]")) == "web Memory usage [KB]")
    let mapping = MetricMapping(metrics: ["CPUUtilization": MetricRule(Metric("other"))])
    let key = SourceKey(service: "web", metric: "CPUUtilization")
    #expect(try name(key, SeriesNaming(mapping: mapping)) == "web other")
  }

  @Test("Without a service, a metric, or with an empty one, a series is an error")
  func missing() {
    expectFailure(
      "usage.csv: i-1 iops: found no service (line 2), "
        + "expected a column \"service\", parameter service, or an inventory that holds the resource"
    ) { () throws(DataError) in _ = try name(SourceKey(resource: "i-1", metric: "iops")) }
    expectFailure("usage.csv: iops: found an empty service (line 2), expected the name of a service") {
      () throws(DataError) in _ = try name(SourceKey(service: "", metric: "iops"), SeriesNaming(service: "web"))
    }
    expectFailure("usage.csv: found no metric (line 2), expected a column \"metric\", or parameter metric") {
      () throws(DataError) in _ = try name(SourceKey(service: "web"))
    }
    expectFailure("usage.csv: found an empty metric (line 2), expected the name of a metric") {
      () throws(DataError) in _ = try name(SourceKey(service: "web", metric: ""))
    }
  }
}

@Suite struct SampleInterpreterTests {
  @Test("Series are numbered through the file, whichever lane meets them first")
  func numbers() throws {
    var reading = Reading()
    let a = SourceKey(service: "web", metric: "calls"), b = SourceKey(service: "web", metric: "iops")
    let first = try reading.take([a, b], [sample(1, "2026-10-01T00:00:00Z", "1.50")], lane: 0)
    #expect(first == ["web iops 2026-10-01T00:00:00Z 1.50"])
    // The same series by the numbers of another parser.
    let second = try reading.take([b, a], [sample(0, "2026-10-01T00:05:00Z", "2")], lane: 3)
    #expect(second == ["web iops 2026-10-01T00:05:00Z 2"])
    #expect(try reading.take([], [sample(0, "2026-10-01T00:10:00Z", "3")]) == ["web calls 2026-10-01T00:10:00Z 3"])
    #expect(reading.interpreter.keys.count == 2)
    #expect(reading.interpreter.notes == InterpretationNotes())
  }

  @Test("Values are converted from the unit of the mapping, else from that of the source")
  func units() throws {
    let mapping = MetricMapping(metrics: [
      "mem": MetricRule(.memoryPercent, unit: "fraction"), "lat": MetricRule(.latencyP95Milliseconds),
    ])
    var reading = Reading(SeriesNaming(service: "web", resource: "i-1", mapping: mapping))
    let keys = [
      SourceKey(metric: "mem", unit: "Bytes"), SourceKey(metric: "lat", unit: "Seconds"),
      SourceKey(metric: "cpu_percent", unit: "fraction"), SourceKey(metric: "strange_ms", unit: "Seconds"),
      SourceKey(metric: "cpu_max_percent", unit: "None"),
    ]
    let samples = (0..<5).map { sample(UInt32($0), "2026-10-01T00:00:00Z", "0.5") }
    // A metric that nobody knows keeps the numbers of its source.
    #expect(
      try reading.take(keys, samples).map { $0.replacing("2026-10-01T00:00:00Z ", with: "") } == [
        "web/i-1 memory_percent 50", "web/i-1 latency_p95_ms 500", "web/i-1 cpu_percent 50", "web/i-1 strange_ms 0.5",
        "web/i-1 cpu_max_percent 0.5",
      ])
  }

  @Test("A unit of the source that does not lead to ours is an error that names the metric")
  func sourceUnits() {
    expectFailure(
      "usage.csv: CPUUtilization: found unit \"Seconds\" of a value for metric \"cpu_percent\" (line 2), "
        + "expected a unit that converts to that of the metric"
    ) { () throws(DataError) in
      _ = try name(SourceKey(service: "web", resource: "i-1", metric: "CPUUtilization", unit: "Seconds"))
    }
  }

  @Test("A metric of each instance without a resource is an error, and one of a service is not")
  func noResource() throws {
    expectFailure(
      "usage.csv: cpu_percent: found no resource (line 2), expected a column \"resource\", a label that names it, or "
        + "parameter resource, for it is measured on each instance"
    ) { () throws(DataError) in _ = try name(SourceKey(service: "web", metric: "cpu_percent")) }
    #expect(try name(SourceKey(service: "web", metric: "cpu_percent"), SeriesNaming(resource: "")) == "web cpu_percent")
    #expect(try name(SourceKey(service: "web", metric: "calls")) == "web calls")
  }

  @Test("A skipped metric needs no name and leaves no sample")
  func skips() throws {
    let mapping = MetricMapping(metrics: ["temperature": MetricRule(skip: true)])
    var reading = Reading(SeriesNaming(mapping: mapping))
    let rows = try reading.take(
      [SourceKey(metric: "temperature"), SourceKey(service: "web", metric: "calls")],
      [0, 1, 0].map { sample($0, "2026-10-01T00:00:00Z", "7") })
    #expect(rows == ["web calls 2026-10-01T00:00:00Z 7"])
    #expect(reading.interpreter.keys.count == 1)
    #expect(reading.interpreter.notes.lines() == ["left out as the mapping says: temperature (1 series)"])
  }

  @Test("Two series of the source under one name are one series, and noted")
  func merges() throws {
    var reading = Reading()
    let keys = [
      SourceKey(service: "web", resource: "i-1", metric: "cpu_utilization"),
      SourceKey(service: "web", resource: "i-1", metric: "CPUUtilization"),
    ]
    _ = try reading.take(keys, [])
    // The other lane meets the same two.
    _ = try reading.take(keys, [], lane: 1)
    #expect(reading.interpreter.keys.map(\.description) == ["web/i-1 cpu_percent"])
    #expect(
      reading.interpreter.notes.lines() == [
        "renamed: CPUUtilization to cpu_percent, cpu_utilization to cpu_percent",
        "one series from several of the source: web/i-1 cpu_percent (of 2)",
      ])
  }

  @Test("What analysis does not know is kept and noted, with the name that may be meant")
  func unknown() throws {
    var reading = Reading(SeriesNaming(service: "web", resource: "i-1"))
    _ = try reading.take(
      [
        SourceKey(metric: "temperature"), SourceKey(metric: "cpu_percnt"),
        SourceKey(metric: "cpu_percent", labels: [.init("mode", "idle")]),
      ], [])
    #expect(
      reading.interpreter.notes.lines() == [
        "kept, but unknown to analysis: cpu_percnt (1 series; did you mean cpu_percent?), temperature (1 series)",
        "kept apart by labels, and so unknown to analysis: cpu_percent (by mode; "
          + "\"ignore\" among the labels of the mapping drops them)",
      ])
  }

  @Test("A utilisation without a unit and without a value above 1 is asked for its unit; one above 1 tells")
  func untoldUnit() throws {
    let key = SourceKey(service: "web", resource: "i-1", metric: "cpu_utilization")
    var reading = Reading()
    _ = try reading.take([key], [sample(0, "2026-10-01T00:00:00Z", "0.72"), sample(0, "2026-10-01T00:05:00Z", "1")])
    expectFailure(
      """
      usage.csv: cpu_utilization: found no value above 1 and no unit, so ratios or very little, expected its unit in a \
      mapping: "cpu_utilization: {metric: cpu_percent, unit: ratio}", or "unit: percent" (parameter mapping)
      """
    ) { try reading.interpreter.finish() }
    // One value is enough, of any of its series.
    let other = SourceKey(service: "web", resource: "i-2", metric: "cpu_utilization")
    _ = try reading.take([other], [sample(1, "2026-10-01T00:00:00Z", "1.01")])
    try reading.interpreter.finish()
  }

  @Test("A stated unit, a mapping and values of 0 are not asked for a unit")
  func toldUnit() throws {
    let ratio = MetricMapping(metrics: ["cpu_utilization": MetricRule(.cpuPercent, unit: "ratio")])
    for (naming, unit, expected) in [
      (SeriesNaming(mapping: ratio), nil, "72"), (SeriesNaming(), "ratio", "72"), (SeriesNaming(), "percent", "0.72"),
    ] as [(SeriesNaming, String?, String)] {
      var reading = Reading(naming)
      let key = SourceKey(service: "web", resource: "i-1", metric: "cpu_utilization", unit: unit)
      #expect(
        try reading.take([key], [sample(0, "2026-10-01T00:00:00Z", "0.72")])
          == ["web/i-1 cpu_percent 2026-10-01T00:00:00Z \(expected)"])
      try reading.interpreter.finish()
      #expect(reading.interpreter.lines() == ["renamed: cpu_utilization to cpu_percent"])
    }
    var idle = Reading()
    let key = SourceKey(service: "web", resource: "i-1", metric: "memory_utilization")
    _ = try idle.take([key], [sample(0, "2026-10-01T00:00:00Z", "0.00")])
    try idle.interpreter.finish()
  }

  @Test("A metric in percent of which no value is above 1 is remarked on, but for errors")
  func fractions() throws {
    var reading = Reading(SeriesNaming(service: "web", resource: "i-1"))
    let keys = ["cpu_percent", "memory_percent", "error_rate_percent", "hit_rate_percent"].map { SourceKey(metric: $0) }
    let values = ["0.42", "61", "0.1", "0"]
    _ = try reading.take(keys, values.enumerated().map { sample(UInt32($0), "2026-10-01T00:00:00Z", $1) })
    try reading.interpreter.finish()
    #expect(
      reading.interpreter.lines() == [
        "no value above 1 %: cpu_percent; where these are ratios, \"unit: ratio\" in the mapping says so"
      ])
  }

  @Test("Values above 100 % and below 0 are counted and the furthest is shown, in our unit; none is changed")
  func ranges() throws {
    let mapping = MetricMapping(metrics: ["mem": MetricRule(.memoryPercent, unit: "ratio")])
    var reading = Reading(SeriesNaming(service: "web", resource: "i-1", mapping: mapping))
    let keys = ["cpu_percent", "mem", "queue_depth_items", "connection_growth_percent_per_minute", "temperature"]
      .map { SourceKey(metric: $0) }
    let values = [
      (0, "100"), (0, "100.00"), (0, "100.01"), (0, "412.50"), (0, "250"), (0, "-0.5"), (1, "1.5"), (2, "-1"),
      (2, "-12"), (2, "500"), (3, "-20"), (4, "-30"), (0, "99.9999999999999999"),
    ]
    let rows = try reading.take(
      keys, values.enumerated().map { sample(UInt32($1.0), "2026-10-01T0\($0 / 6):\($0 % 6)0:00Z", $1.1) })
    #expect(rows.count == values.count && rows[3].hasSuffix(" 412.50"))
    try reading.interpreter.finish()
    // 100.01, 412.5 and 250 are above; a ratio of 1.5 is 150 %.
    #expect(
      reading.interpreter.lines().suffix(2) == [
        "above 100 %: cpu_percent (3 samples, up to 412.5), memory_percent (1 sample, up to 150)",
        "below 0: cpu_percent (1 sample, down to -0.5), queue_depth_items (2 samples, down to -12)",
      ])
  }

  @Test("Of a source of all that somebody has, what no service is known for is left out and counted")
  func strangers() throws {
    let stream = CloudWatchMetricStream.example.split(separator: "\n")[0]
    let lines = [
      stream, stream.replacing("i-0abc", with: "i-gone")[...],
      stream.replacing("\"InstanceId\":\"i-0abc\"", with: "\"AutoScalingGroupName\":\"asg\"")[...],
      stream.replacing("\"InstanceId\":\"i-0abc\"", with: "\"ImageId\":\"ami-1\"")[...],
      stream.replacing("\"InstanceId\":\"i-0abc\"", with: "")[...],
    ]
    func read(_ lines: [Substring], _ naming: SeriesNaming) throws -> ReadFile {
      try Reader(naming: naming).read(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
    let known = SeriesNaming(serviceOfResource: ["i-0abc": "web"])
    let file = try read(lines, known)
    // 165 / 4 = 41.25.
    #expect(file.values["web/i-0abc cpu_percent"] == ["41.25"])
    // The average and four statistics of each.
    #expect(file.samples.count == 5)
    #expect(
      file.notes.lines().filter { $0.hasPrefix("left out") } == [
        "left out: 5 series of no known service: i-gone",
        "left out: 15 series of groups, images, types or accounts, not of an instance: AWS/EC2, ami-1, asg",
      ])
    // Neither the service nor the resource makes an instance of a group.
    let all = try read(lines, SeriesNaming(service: "web", resource: "other"))
    #expect(Set(all.samples.keys.map(\.resource)) == ["i-0abc", "i-gone"])
    // A group that the inventory has is one; and where nothing is left, the first is an error.
    #expect(try read([lines[2]], SeriesNaming(serviceOfResource: ["asg": "web"])).samples.count == 5)
    #expect(throws: DataError.self) { _ = try read([lines[1]], SeriesNaming()) }
    #expect(throws: DataError.self) { _ = try read([lines[2]], SeriesNaming(service: "web")) }
  }

  @Test("Beside the dimension of an instance, that of its group, image and type tell no series from another")
  func instanceDimensions() throws {
    let labels = ["AutoScalingGroupName", "ImageId", "InstanceId", "InstanceType", "namespace"].map {
      SourceKey.Label($0, $0 == "InstanceId" ? "i-1" : "x")
    }
    #expect(
      try name(SourceKey(service: "web", metric: "mem_used_percent", labels: labels)) == "web/i-1 memory_percent")
  }

  @Test("Long lists of names are cut")
  func longList() {
    var notes = InterpretationNotes()
    for number in 10..<22 { notes.skipped["m\(number)"] = 1 }
    let named = (10..<20).map { "m\($0) (1 series)" }.joined(separator: ", ")
    #expect(notes.lines() == ["left out as the mapping says: \(named) and 2 more"])
  }
}
