import Model
import Reading

/// A load over time, in whatever it is counted.
package struct Traffic: Hashable, Sendable {
  /// The column that it is of.
  package var name: String
  /// From the first row to the end of the last one's interval, by the distance of the rows.
  package var grid: SampleGrid
  /// In each interval; nil where the file has no row.
  package var values: [Double?]

  package init(name: String, grid: SampleGrid, values: [Double?]) {
    self.name = name
    self.grid = grid
    self.values = values
  }
}

/// Reads traffic: a header, a column of times and one of numbers, `minute,requests`, a row an interval.
///
/// Times are ISO 8601 or counts since 1970, in order; those without a zone are what a clock shows, of an hour that it shows
/// twice the first. Intervals are as long as the shortest distance of two rows; rows that are missing are gaps.
/// - Parameter most: the most intervals that there may be.
/// - Throws: ``DataError`` naming the line: no two columns, a time that is none or not after the one before, a number that is
///   none or negative, a row between two intervals, or more intervals than there may be.
package func readTraffic(_ file: ByteSource, on clock: LocalClock, most: Int) throws(DataError) -> Traffic {
  var rows = try DelimitedStream(file)
  _ = try rows.leadingComments()
  let header = try DelimitedHeader(&rows)
  guard header.names.count == 2 else {
    throw DataError(
      header.place, found: "\(header.names.count) columns", expected: "two, a time and a number: minute,requests")
  }
  var reader = LocalClockReader(clock)
  var points: [(instant: Instant, value: Double, place: Place)] = []
  while let row = try rows.nextRecord(under: header) {
    let instant = try row.value(header.names[0], expected: "a timestamp such as 2026-10-01T04:00:00Z") { text in
      trafficTime(text, &reader)
    }
    let value = try row.decimal(header.names[1]).double
    if let last = points.last, instant <= last.instant {
      throw row.wrong(header.names[0], expected: "a time after that of the row before")
    }
    guard points.count < most else { throw DataError(row.place, found: "more rows", expected: "at most \(most)") }
    points.append((instant, value, row.place))
  }
  try rows.expectLineEnd()
  return try traffic(points, named: header.names[1], in: file.name, most: most)
}

private func trafficTime(_ text: String, _ reader: inout LocalClockReader) -> Instant? {
  guard let parsed = parseTimestamp(Array(text.utf8)[...]) else { return nil }
  // Further from 1970 no clock is asked.
  guard abs(parsed.seconds) < 1 << 37 else { return nil }
  guard parsed.isLocal else { return Instant(seconds: parsed.seconds) }
  switch reader.reading(parsed.seconds) {
  case .once(let instant), .twice(let instant, _), .skipped(let instant): return instant
  }
}

private func traffic(
  _ points: [(instant: Instant, value: Double, place: Place)], named name: String, in file: String, most: Int
) throws(DataError) -> Traffic {
  let distances = zip(points, points.dropFirst()).map { $0.instant.distance(to: $1.instant) }
  guard let first = points.first, let last = points.last, let step = distances.min() else {
    throw DataError(Place(file: file), found: "\(points.count) rows", expected: "two at least", kind: .badData)
  }
  guard first.instant.distance(to: last.instant) / step < Int64(most) else {
    throw DataError(
      Place(file: file), found: "intervals of \(durationText(step)) over more than \(most) of them",
      expected: "at most \(most)")
  }
  let grid = SampleGrid(
    period: Period(start: first.instant, end: last.instant.advanced(by: step)), stepSeconds: step)
  var values = [Double?](repeating: nil, count: grid.count)
  for point in points {
    guard first.instant.distance(to: point.instant) % step == 0 else {
      throw DataError(
        point.place, found: "\(point.instant)", expected: "whole intervals of \(durationText(step)) after the first row"
      )
    }
    values[grid.slot(point.instant)] = point.value
  }
  return Traffic(name: name, grid: grid, values: values)
}
