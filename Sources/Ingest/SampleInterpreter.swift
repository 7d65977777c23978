import Model

/// Gives the samples of one file their meaning: our names, UTC, our units, rates of counters.
///
/// Batches of a plain file, in UTC and our units, take about a nanosecond a sample.
package struct SampleInterpreter: Sendable {
  /// What is to be done with the samples of a series of the source.
  private struct Work: Sendable {
    var number: UInt32 = 0
    var isSkipped = false
    var sourceMetric: String
    /// nil where values stay as they are, and for counters.
    var conversion: Conversion?
    var counter: CounterRate?
    /// The latest one from a local clock.
    var latest = Int64.min
  }

  /// The series of one parser, by its numbers.
  private struct Lane: Sendable {
    var works: [Int] = []
    /// Of the file; without meaning for skipped ones.
    var numbers: [UInt32] = []
    /// True while all that is to be done is to renumber.
    var isPlain = true
  }

  private let file: String
  private let naming: SeriesNaming
  private var clock: LocalClockReader?
  /// The series of the file; a sample's number is an index into it.
  package private(set) var keys: [SeriesKey] = []
  package var notes = InterpretationNotes()
  /// What the samples were stored under, and when they were taken.
  package private(set) var measured = MeasuredNames()
  private var values: ValueWatch
  /// Set for a source of all that somebody has, see ``SampleParser/holdsOthers``.
  var leavesOutStrangers = false
  /// The error for the first series that was left out for want of a name.
  private var firstStranger: DataError?
  private var numbers: [SeriesKey: UInt32] = [:]
  private var works: [Work] = []
  private var workOfSource: [SourceKey: Int] = [:]
  private var lanes: [Lane] = []

  /// - Parameters:
  ///   - clock: of timestamps without a zone; nil when there may be none.
  ///   - latest: the last second in which a sample can have been taken; nil where nobody says what time it is.
  package init(file: String, naming: SeriesNaming, clock: LocalClock?, latest: Instant? = nil) {
    values = ValueWatch(latest: latest)
    self.file = file
    self.naming = naming
    self.clock = clock.map { LocalClockReader($0) }
  }

  /// Interprets the next batch, in the order of the file. Its samples get the numbers of ``keys``; those of skipped
  /// metrics, and the first of each counter, go.
  ///
  /// - Parameters:
  ///   - lane: which parser made it, counted from 0.
  ///   - firstLine: the line its block starts at, for errors.
  /// - Throws: ``DataError`` for a series that nothing gives a service or a metric, where strangers are not left out,
  ///   a unit that does not lead to ours, a local timestamp without a clock, a counter that is not in the order of
  ///   time, a value beyond 64 bits. The batch is then of no use.
  package mutating func take(_ batch: inout SampleBatch, lane: Int, firstLine: Int) throws(DataError) {
    let block = BlockPlace(file: file, firstLine: firstLine, lines: max(1, batch.lines))
    while lanes.count <= lane { lanes.append(Lane()) }
    for source in batch.newKeys { try add(source, to: lane, block) }
    let done = lanes[lane].isPlain ? Self.renumber(&batch.samples, lanes[lane].numbers) : 0
    if done < batch.samples.count { try interpret(&batch.samples, from: done, lanes[lane].works, block) }
    values.look(at: batch.samples)
  }

  /// Says what can only be known of the whole file.
  /// - Parameter isStrict: true where values that a metric cannot have are refused.
  /// - Throws: ``DataError`` when all series were left out for want of a name, and for a metric whose unit nothing tells,
  ///   neither its name nor a value above 1.
  package mutating func finish(isStrict: Bool = false) throws(DataError) {
    for (number, key) in keys.enumerated() {
      if let period = values.periodOfInstance(number) { measured.add(period, of: key.service) }
    }
    if keys.isEmpty, let firstStranger { throw firstStranger }
    let untold = values.untoldMetrics.map { name, metric in
      DataError(
        Place(file: file, key: name), found: "no value above 1 and no unit, so ratios or very little",
        expected: """
          its unit in a mapping: "\(name): {metric: \(metric.rawValue), unit: ratio}", or "unit: percent" \
          (\(parameter: .mapping, "FILE"))
          """)
    }
    guard untold.isEmpty else { throw allOf(untold) }
    guard isStrict, let first = values.impossible().first else { return }
    throw DataError(
      Place(file: file), found: "values \(first)",
      expected: "values that the metric can have; without \(parameter: .strict) they are counted and kept")
  }

  /// Sentences on names and values that an owner should know.
  package func lines() -> [String] { notes.lines() + values.lines() }

  /// Renumbers up to the first sample of a local clock, and returns its index.
  private static func renumber(_ samples: inout [Sample], _ numbers: [UInt32]) -> Int {
    numbers.withUnsafeBufferPointer { numbers in
      samples.withUnsafeMutableBufferPointer { samples in
        var index = 0
        while index < samples.count, !samples[index].isLocal {
          let number = Int(samples[index].series)
          precondition(number < numbers.count, "a sample's series is one of the keys")
          samples[index].series = numbers[number]
          index += 1
        }
        return index
      }
    }
  }

  private mutating func interpret(
    _ samples: inout [Sample], from start: Int, _ lane: [Int], _ block: BlockPlace
  ) throws(DataError) {
    var kept = start
    for index in start..<samples.count {
      guard let sample = try interpret(samples[index], lane[Int(samples[index].series)], block) else { continue }
      samples[kept] = sample
      kept += 1
    }
    samples.removeLast(samples.count - kept)
  }

  private mutating func interpret(
    _ given: Sample, _ index: Int, _ block: BlockPlace
  ) throws(DataError) -> Sample? {
    guard !works[index].isSkipped else { return nil }
    var sample = given
    sample.series = works[index].number
    if sample.isLocal {
      sample.seconds = try seconds(showing: given.seconds, index, block)
      sample.isLocal = false
    }
    if works[index].counter != nil { return try rate(sample, index, block) }
    guard let conversion = works[index].conversion else { return sample }
    guard let value = conversion.apply(sample.mantissa, scale: Int(sample.scale)) else {
      throw outOfRange(sample, index, block)
    }
    sample.mantissa = value.mantissa
    sample.scale = UInt8(value.scale)
    return sample
  }

  private mutating func rate(_ sample: Sample, _ index: Int, _ block: BlockPlace) throws(DataError) -> Sample? {
    var isReset = false
    do throws(CounterRate.Fault) {
      let rate = try works[index].counter?.take(sample, isReset: &isReset)
      if isReset { notes.counters[works[index].sourceMetric]?.resets += 1 }
      return rate
    } catch {
      guard case .notInOrder(let last) = error else { throw outOfRange(sample, index, block) }
      let instant = Instant(seconds: sample.seconds)
      throw block.error(
        key: keys[Int(sample.series)].description,
        found: instant == last ? "another value at \(instant)" : "\(instant) after \(last)",
        expected: "the values of a counter in the order of time, or \"counter: false\" in the mapping")
    }
  }

  private func outOfRange(_ sample: Sample, _ index: Int, _ block: BlockPlace) -> DataError {
    let value = ScaledDecimal(mantissa: sample.mantissa, scale: Int(sample.scale))
    return block.error(
      key: keys[Int(sample.series)].description, found: "\(value) at \(Instant(seconds: sample.seconds))",
      expected: "a value that fits into 64 bits in our unit")
  }
}

// MARK: - Time

extension SampleInterpreter {
  /// The moment at which the clock showed a time: of two the first, unless the series is past it.
  private mutating func seconds(
    showing local: Int64, _ index: Int, _ block: BlockPlace
  ) throws(DataError) -> Int64 {
    guard let reading = clock?.reading(local) else {
      throw block.error(
        found: "timestamp \(localText(local, length: 19)) without a zone",
        expected: "Z or an offset such as +02:00, or \(parameter: .timezone, "NAME")")
    }
    let instant =
      switch reading {
      case .once(let instant): instant
      case .skipped(let instant): instant
      case .twice(let first, let second): works[index].latest >= first.seconds ? second : first
      }
    count(reading, local)
    works[index].latest = max(works[index].latest, instant.seconds)
    return instant.seconds
  }

  private mutating func count(_ reading: LocalReading, _ local: Int64) {
    switch reading {
    case .once: break
    case .skipped: notes.skippedHours[floorDivide(local, 3600) * 3600, default: 0] += 1
    case .twice: notes.repeatedHours[floorDivide(local, 3600) * 3600, default: 0] += 1
    }
  }
}

// MARK: - Series

extension SampleInterpreter {
  private mutating func add(_ source: SourceKey, to lane: Int, _ block: BlockPlace) throws(DataError) {
    let index: Int
    if let known = workOfSource[source] {
      index = known
    } else {
      index = works.count
      works.append(try work(for: source, block))
      workOfSource[source] = index
    }
    let work = works[index]
    lanes[lane].works.append(index)
    lanes[lane].numbers.append(work.number)
    if work.isSkipped || work.conversion != nil || work.counter != nil { lanes[lane].isPlain = false }
  }

  private mutating func work(for source: SourceKey, _ block: BlockPlace) throws(DataError) -> Work {
    let metric = try naming.sourceMetric(source, hasColumns: !leavesOutStrangers, in: block)
    var work = Work(sourceMetric: metric)
    guard !naming.mapping.rule(metric).skip else {
      notes.skipped[metric, default: 0] += 1
      work.isSkipped = true
      return work
    }
    guard let series = try series(of: source, metric: metric, block) else {
      work.isSkipped = true
      return work
    }
    if let number = numbers[series.key] {
      notes.merged[series.key, default: 1] += 1
      work.number = number
    } else {
      work.number = UInt32(keys.count)
      keys.append(series.key)
      numbers[series.key] = work.number
    }
    if series.isCounter {
      work.counter = CounterRate(series.conversion)
    } else if !series.conversion.isIdentity {
      work.conversion = series.conversion
    }
    notes.add(series)
    measured.add(series)
    values.add(series, number: work.number)
    return work
  }

  /// The series by its name in the store; nil for a stranger that is left out.
  private mutating func series(
    of source: SourceKey, metric: String, _ block: BlockPlace
  ) throws(DataError) -> NamedSeries? {
    do throws(NamingFault) {
      return try naming.named(source, metric: metric, in: block)
    } catch {
      switch error {
      case .wrong(let error): throw error
      case .stranger(let reason, let name, let error):
        guard leavesOutStrangers else { throw error }
        if firstStranger == nil { firstStranger = error }
        notes.strangers[reason, default: .init()].add(name)
        return nil
      }
    }
  }
}
