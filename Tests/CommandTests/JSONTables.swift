import Foundation
import Testing

/// A table of a report printed as JSON, with its rows as CSV would have them.
struct JSONTable {
  let name: String
  let rows: [[String: String]]
}

/// The tables of a report printed as JSON, in reading order, those that charts are drawn from too.
func jsonTables(_ text: String) throws -> [JSONTable] {
  try tables(in: try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]))
}

private func tables(in part: [String: Any]) throws -> [JSONTable] {
  let blocks = try #require(part["blocks"] as? [[String: Any]])
  let sections = try #require(part["sections"] as? [[String: Any]])
  return try blocks.compactMap(table) + sections.flatMap(tables)
}

private func table(_ block: [String: Any]) throws -> JSONTable? {
  let type = try #require(block["type"] as? String)
  guard type == "table" || type == "chart" else { return nil }
  let table = type == "chart" ? try #require(block["table"] as? [String: Any]) : block
  let rows = try #require(table["rows"] as? [[String: Any]])
  return JSONTable(
    name: try #require(table["name"] as? String), rows: rows.map { row in row.mapValues(plain) })
}

/// A value as CSV has it; a number by its double, which is what JSONSerialization leaves of it.
private func plain(_ value: Any) -> String {
  switch value {
  case let text as String: text
  case let number as NSNumber: "\(number.doubleValue)"
  case let object as [String: Any]: object["text"] as? String ?? ""
  default: ""
  }
}

/// Expects the tables of a report in CSV and JSON to hold the same cells.
func expectSame(_ csv: [Table], _ json: [JSONTable], at location: SourceLocation = #_sourceLocation) {
  #expect(csv.count == json.count, sourceLocation: location)
  for (csv, json) in zip(csv, json) {
    #expect(csv.rows.count == json.rows.count, "\(json.name)", sourceLocation: location)
    for (a, b) in zip(csv.rows, json.rows) {
      #expect(Set(a.keys) == Set(b.keys), "\(json.name)", sourceLocation: location)
      for (column, text) in a {
        let other = b[column]
        #expect(isSame(text, other ?? ""), "\(json.name): \(column)", sourceLocation: location)
      }
    }
  }
}

/// True for equal texts, and for numbers that JSONSerialization may have moved by a unit in the last place.
private func isSame(_ text: String, _ other: String) -> Bool {
  if text == other { return true }
  guard let a = Double(text), let b = Double(other) else { return false }
  return abs(a - b) <= 4 * max(a.ulp, b.ulp)
}
