import Foundation
import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct ReportSchemaTests {
  private let schema: SchemaCheck

  init() throws {
    let file = packageFolder.appendingPathComponent("guide/report.schema.json")
    schema = SchemaCheck(root: try JSONValue(Array(Data(contentsOf: file))))
  }

  @Test("A report with every kind of block, cell and column conforms to the schema")
  func everyKind() throws { #expect(schema.errors(of: try JSONValue(JSONFormat().render(everything))) == []) }

  @Test("Any report conforms to the schema", arguments: 0..<30)
  func conforms(seed: Int) throws {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    #expect(schema.errors(of: try JSONValue(JSONFormat().render(document))) == [])
  }

  @Test(
    "The schema refuses what is not a report",
    arguments: [
      #"{"report": "r", "title": "", "blocks": []}"#,
      #"{"report": "r", "title": "", "blocks": [], "sections": [], "more": 1}"#,
      #"{"report": "", "title": "", "blocks": [], "sections": []}"#,
      #"{"report": "r", "title": "", "blocks": [{"type": "picture"}], "sections": []}"#,
      #"{"report": "r", "title": "", "blocks": [{"type": "paragraph", "text": 5}], "sections": []}"#,
    ])
  func refuses(json: String) throws { #expect(!schema.errors(of: try JSONValue(Array(json.utf8))).isEmpty) }

  @Test(
    "The schema refuses a column without what its figures need, and values that are none",
    arguments: [
      (#""type": "money""#, "1"), (#""type": "money", "currency": "USD", "per": "hour""#, "1"),
      (#""type": "rate", "currency": "USD""#, "1"), (#""type": "duration""#, "1"), (#""type": "cost""#, "1"),
      (#""type": "count""#, "true"), (#""type": "count""#, "[1]"), (#""type": "count""#, #"{"unknown": 1}"#),
      (#""type": "text""#, #"{"text": "x"}"#),
    ])
  func refusesTables(column: String, value: String) throws {
    #expect(try !errors(column, value).isEmpty)
  }

  @Test("The same table with what its figures need conforms")
  func accepts() throws {
    #expect(try errors(#""type": "rate", "currency": "USD", "per": "hour""#, #"{"unknown": "no price"}"#) == [])
  }

  /// What is wrong with a report of one table with one cell.
  private func errors(_ column: String, _ value: String) throws -> [String] {
    let columns = #"[{"name": "a", "title": "A", \#(column)}]"#
    let table = #"{"type": "table", "name": "t", "columns": \#(columns), "rows": [{"a": \#(value)}]}"#
    let json = #"{"report": "r", "title": "", "blocks": [\#(table)], "sections": []}"#
    return schema.errors(of: try JSONValue(Array(json.utf8)))
  }
}
