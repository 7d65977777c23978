import Clouds
import Model
import Reading

/// Reads an inventory, `service,resource,type,zone,lifecycle,started,stopped`: which instances ran, and when.
///
/// Columns may stand in any order; `stopped` is empty while an instance runs. A column `engine` may say what runs on it, in
/// the price book's words or the provider's; empty is what its service runs. Columns `account`, `region` and `tag:KEY`, of
/// any key, say whose it is. Others are passed over. Runs come sorted by service, resource and start.
/// - Throws: ``DataError`` naming the line: a last row without a line end, an empty name, an unknown lifecycle, a field that is no timestamp, a run
///   that ends before it starts, two runs of one resource that overlap, or two of one instance for different services,
///   where its name is the provider's id.
package func readInventory(_ file: InputFile) throws(DataError) -> [InstanceRun] {
  try readInventory(ByteSource(name: file.name, bytes: file.bytes))
}

/// The same of a file of any size, of which the runs are held and nothing else.
package func readInventory(_ file: ByteSource) throws(DataError) -> [InstanceRun] {
  var rows = try DelimitedStream(file)
  _ = try rows.leadingComments()
  let header = try DelimitedHeader(&rows)
  try header.expect(inventoryColumns)
  var runs: [(run: InstanceRun, line: Int)] = []
  let tags = header.names.filter { $0.hasPrefix(tagPrefix) && $0.count > tagPrefix.count }.sorted()
  while let row = try rows.nextRecord(under: header) {
    var run = try instanceRun(of: row)
    for column in tags {
      guard let value = try row.nameIfKnown(column) else { continue }
      run.tags.append(ResourceTag(String(column.dropFirst(tagPrefix.count)).asName, value))
    }
    runs.append((run, row.line))
  }
  try rows.expectLineEnd()
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
  try refuseSharedInstances(runs, file.name)
  return runs.map(\.run)
}

/// What the name of a column with a tag's values starts with.
private let tagPrefix = "tag:"

/// The columns that make a table an inventory.
private let inventoryColumns = ["service", "resource", "type", "zone", "lifecycle", "started", "stopped"]

/// True for a table with the columns of an inventory, judged from how it starts.
package func isInventory(_ start: FileStart) -> Bool { start.hasColumns(inventoryColumns) }

extension FileStart {
  /// True for a delimited table whose header has these columns.
  package func hasColumns(_ names: [String]) -> Bool {
    guard !startsObject, !startsArray else { return false }
    let lines = String(decoding: bytes.prefix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let header = lines.first(where: { !$0.hasPrefix("#") }) else { return false }
    let columns = Set(header.split { ",;\t".contains($0) }.map { $0.filter { $0 != "\"" }.trimmed })
    return columns.isSuperset(of: names)
  }
}

/// Refuses an instance that runs for two services at a time, the earlier of the two lines that say so first.
private func refuseSharedInstances(_ runs: [(run: InstanceRun, line: Int)], _ file: String) throws(DataError) {
  var byResource: [String: [(run: InstanceRun, line: Int)]] = [:]
  for one in runs where supportedCloud.isUnique(one.run.resource, ofType: one.run.type) {
    byResource[one.run.resource, default: []].append(one)
  }
  for name in byResource.keys.sorted() {
    let own = byResource[name]!.sorted { ($0.run.started, $0.line) < ($1.run.started, $1.line) }
    for (first, second) in zip(own, own.dropFirst()) {
      if let stopped = first.run.stopped, stopped <= second.run.started { continue }
      let (early, late) = first.line < second.line ? (first, second) : (second, first)
      throw DataError(
        Place(file: file, line: late.line), found: "\(late.run.service)/\(name) while it runs for \(early.run.service)",
        expected: "one service at a time; line \(early.line) has it for \(early.run.service)")
    }
  }
}

private func instanceRun(of row: DelimitedRecord) throws(DataError) -> InstanceRun {
  let started = try row.instant("started")
  let stopped = row.has("stopped") ? try row.instant("stopped") : nil
  if let stopped, stopped <= started {
    throw DataError(row.place, found: "stopped at \(stopped)", expected: "a time after \(started), when it started")
  }
  let type = try row.name("type")
  return InstanceRun(
    service: try row.name("service"), resource: try row.name("resource"), type: type,
    zone: try row.nameIfKnown("zone") ?? "", lifecycle: try row.word("lifecycle", Lifecycle.allCases), started: started,
    stopped: stopped, engine: row.has("engine") ? supportedCloud.engine(called: try row.name("engine"), on: type) : nil,
    account: try row.nameIfKnown("account"), region: try row.nameIfKnown("region"))
}
