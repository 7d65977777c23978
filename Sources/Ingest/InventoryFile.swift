import Model
import Reading

/// Reads an inventory, `service,resource,type,zone,lifecycle,started,stopped`: which instances ran, and when.
///
/// Columns may stand in any order, others are passed over; `stopped` is empty while an instance runs. Runs come sorted
/// by service, resource and start.
/// - Throws: ``DataError`` naming the line: an empty name, an unknown lifecycle, a field that is no timestamp, a run
///   that ends before it starts, or two runs of one resource that overlap.
package func readInventory(_ file: InputFile) throws(DataError) -> [InstanceRun] {
  var rows = try DelimitedStream(ByteSource(name: file.name, bytes: file.bytes))
  _ = rows.leadingComments()
  let header = try DelimitedHeader(&rows)
  try header.expect(["service", "resource", "type", "zone", "lifecycle", "started", "stopped"])
  var runs: [(run: InstanceRun, line: Int)] = []
  while let row = try rows.nextRecord(under: header) { runs.append((try instanceRun(of: row), row.line)) }
  runs.sort { ($0.run.service, $0.run.resource, $0.run.started) < ($1.run.service, $1.run.resource, $1.run.started) }
  for (first, second) in zip(runs, runs.dropFirst())
  where first.run.service == second.run.service && first.run.resource == second.run.resource {
    if let stopped = first.run.stopped, stopped <= second.run.started { continue }
    let ending = first.run.stopped.map { "stops at \($0)" } ?? "is still running"
    throw DataError(
      Place(file: file.name, line: second.line),
      found: "\(second.run.service)/\(second.run.resource) started at \(second.run.started)",
      expected: "a start after its run of line \(first.line), which \(ending)")
  }
  return runs.map(\.run)
}

private func instanceRun(of row: DelimitedRecord) throws(DataError) -> InstanceRun {
  let started = try row.instant("started")
  let stopped = row.has("stopped") ? try row.instant("stopped") : nil
  if let stopped, stopped <= started {
    throw DataError(row.place, found: "stopped at \(stopped)", expected: "a time after \(started), when it started")
  }
  return InstanceRun(
    service: try row.text("service"), resource: try row.text("resource"), type: try row.text("type"),
    zone: row.written("zone") ?? "", lifecycle: try row.word("lifecycle", Lifecycle.allCases), started: started,
    stopped: stopped)
}
