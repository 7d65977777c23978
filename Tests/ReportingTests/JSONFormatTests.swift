import Foundation
import Model
import TestSupport
import Testing

@testable import Reporting

@Suite struct JSONFormatTests {
  @Test("A report is one object, a row a line, with exact numbers")
  func layout() {
    let document = ReportDocument(
      "cost", title: "Cost", blocks: [.list(["a"])],
      sections: [
        ReportSection(
          "bill", title: "Bill",
          blocks: [
            .table(costs), .facts([ReportFact("hours", .duration(60)), ReportFact("memory", .unknown("no samples"))]),
          ])
      ])
    #expect(
      JSONFormat().text(document) == """
        {
          "report": "cost",
          "title": "Cost",
          "blocks": [
            {
              "type": "list",
              "items": [
                "a"
              ]
            }
          ],
          "sections": [
            {
              "id": "bill",
              "title": "Bill",
              "blocks": [
                {
                  "type": "table",
                  "name": "costs",
                  "columns": [
                    {"name": "service", "title": "Service", "type": "text"},
                    {"name": "cost_usd", "title": "Cost", "type": "money", "currency": "USD"}
                  ],
                  "rows": [
                    {"service": "frontend", "cost_usd": 1.004},
                    {"service": "db", "cost_usd": 1234.50}
                  ],
                  "total": {"service": "Total", "cost_usd": 1235.504}
                },
                {
                  "type": "facts",
                  "facts": [
                    {"label": "hours", "type": "duration", "value": 60, "unit": "s"},
                    {"label": "memory", "value": {"unknown": "no samples"}}
                  ]
                }
              ],
              "sections": []
            }
          ]
        }

        """)
  }

  @Test("Each kind of cell has its value, and each kind of column what its figures need")
  func kinds() throws {
    let table = try JSONValue(JSONFormat().render(report(.table(everyKind)))).tables[0]
    let columns = try #require(table["columns"]).array
    #expect(columns[1]["currency"] == .string("USD"))
    #expect(columns[2]["currency"] == .string("USD") && columns[2]["per"] == .string("hour"))
    #expect(columns[4]["unit"] == .string("vCPU") && columns[5]["unit"] == nil && columns[7]["unit"] == .string("s"))
    let rows = try #require(table["rows"]).array
    let first: [String: JSONValue] = [
      "name": .string("=1+1"), "change_usd": number("5819.863084"), "hourly_usd": number("0.0416"),
      "count": number("12345"),
      "cores": number("2.5"), "ratio": number("0.3333333333333333"), "share": number("0.9514"), "time": number("5700"),
      "began": .string("2026-10-13T16:05:00-04:00"), "day": .string("2026-10-13"), "month": .string("2026-10"),
    ]
    #expect(rows[0].object == first)
    #expect(rows[1]["name"] == .object(["text": .string("bill, \"exact\""), "href": .string("bill.csv")]))
    #expect(rows[1]["hourly_usd"] == .object(["unknown": .string("no price")]))
    #expect(rows[1]["count"] == .null && rows[1]["ratio"] == .null)
  }

  private func number(_ text: String) -> JSONValue { .number(Decimal(string: text)!) }

  @Test("Every figure of any report comes back exactly", arguments: 0..<200)
  func exact(seed: Int) throws {
    var random = RandomDocument(seed: seed)
    let document = random.document()
    let bytes = JSONFormat().render(document)
    _ = try JSONSerialization.jsonObject(with: Data(bytes))
    let tables = try JSONValue(bytes).tables
    #expect(tables.count == document.tables.count)
    for (table, read) in zip(document.tables, tables) {
      for (row, values) in zip(table.rows, try #require(read["rows"]).array) {
        for (cell, column) in zip(row, table.columns) { try expect(cell, is: #require(values[column.name])) }
      }
    }
  }

  private func expect(_ cell: ReportCell, is value: JSONValue) throws {
    switch cell {
    case .money(let money, _), .rate(let money, _):
      #expect(value.number == Decimal(money.nanoDollars) / 1_000_000_000)
    case .count(let count): #expect(value.number == Decimal(count))
    case .decimal(let number):
      let scaled = Decimal(
        sign: number.mantissa < 0 ? .minus : .plus, exponent: -number.scale,
        significand: Decimal(number.mantissa.magnitude))
      #expect(value.number == scaled)
    case .measured(let double, _), .share(let double, _, _):
      switch value {
      case .number(let number): #expect(Double("\(number)") == double)
      case .double(let number): #expect(number == double)
      default: #expect(value == .null && !double.isFinite)
      }
    case .duration(let seconds): #expect(value.number == Decimal(seconds))
    case .text(let text), .code(let text): #expect(value.string == text)
    case .link(let text, _): #expect(value["text"]?.string == text)
    case .unknown(let reason): #expect(value["unknown"]?.string == reason)
    case .empty: #expect(value == .null)
    case .instant(let instant, _): #expect(value.string.flatMap(Instant.init) == instant)
    case .date, .month: #expect(value.string != nil)
    }
  }

  @Test(
    "Any text comes back from its JSON string",
    arguments: ["\u{0}\u{1F}\u{7F}\u{9B}", "\\\"/\r\n\t", "é 漢 🚢", "\u{2028}\u{202E}", "", "\"\u{301}", "\u{E0041}"])
  func strings(text: String) throws {
    let bytes = Data(jsonString(text).utf8)
    let back = try JSONSerialization.jsonObject(with: bytes, options: .fragmentsAllowed) as? String
    #expect(back == text)
  }

  @Test("A double that is no number is null, and a negative zero is zero")
  func doubles() {
    let cells = [-0.0, .nan, -.infinity, 1e-7, 0.1].map { ExactValue(.measured($0, decimals: 1)) }
    #expect(cells == [.number("0.0"), .nothing, .nothing, .number("1e-07"), .number("0.1")])
  }
}
