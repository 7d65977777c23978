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

  @Test("What an account signs is an object of numbers at the top, and conforms")
  func plan() throws {
    let columns: [ReportColumn] = [
      .text("pool", "Pool"), .text("type", "Type"), ReportColumn("count", "Count", .count),
      ReportColumn("usd_per_hour", "Committed", .rate(currency: "USD", per: "hour")), .text("offer", "Offer"),
      ReportColumn("when", "When", .date), ReportColumn("upfront_usd", "Upfront", .money(currency: "USD")),
      ReportColumn("hourly_usd", "An hour", .rate(currency: "USD", per: "hour")),
    ]
    let rows: [[ReportCell]] = [
      [
        .text("m5"), .text("m5.large"), .count(2), .empty, .text("standard-1yr-no-upfront"),
        .date(CivilDate("2026-11-01")!), .money(.zero), .rate(usd("0.1152")),
      ],
      [
        .text("compute-savings-plan"), .empty, .empty, .rate(usd("0.1")), .text("compute-savings-plan-1yr-no-upfront"),
        .date(CivilDate("2026-11-15")!), .money(usd("438")), .rate(usd("0.05")),
      ],
    ]
    var document = ReportDocument("mix", title: "Mix")
    document.answer = ReportAnswer(
      "plan",
      [
        .init("saving_per_month", .money(usd("56.064"))), .init("cost", .money(usd("1009.152"))),
        .init("gap", .money(.zero)), .init("months", .count(12)),
      ], rowsOf: ReportTable("purchases", columns: columns, rows: rows))
    let json = try JSONValue(JSONFormat().render(document))
    #expect(schema.errors(of: json) == [])
    let plan = try #require(json["plan"])
    #expect(plan["saving_per_month"] == .number(Decimal(string: "56.064")!))
    let purchases = try #require(plan["purchases"]).array
    #expect(purchases[0]["count"] == .number(2) && purchases[0]["usd_per_hour"] == .null)
    #expect(purchases[1]["usd_per_hour"] == .number(Decimal(string: "0.1")!) && purchases[1]["count"] == .null)
    #expect(purchases[1]["when"] == .string("2026-11-15"))
  }

  @Test(
    "The schema refuses what is not a report",
    arguments: [
      #"{"report": "r", "title": "", "blocks": []}"#,
      #"{"report": "r", "title": "", "blocks": [], "sections": [], "more": 1}"#,
      #"{"report": "", "title": "", "blocks": [], "sections": []}"#,
      #"{"report": "mix", "title": "", "plan": {"saving_per_month": "5"}, "blocks": [], "sections": []}"#,
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
