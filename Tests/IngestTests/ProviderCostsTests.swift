import Ingest
import Model
import Reading
import TestSupport
import Testing

/// What providers say that tokens cost, in the forms of their documentation.
@Suite struct ProviderCostsTests {
  private func read(_ text: String) throws(DataError) -> (costs: [ProviderCost], hasMore: Bool) {
    let read = Result { try readProviderCosts(ByteSource(name: "costs.json", bytes: Array(text.utf8))) }
    return try read.mapError { $0 as! DataError }.get()
  }

  private func openAI(_ result: String, end: Int = 1_730_505_600) -> String {
    """
    {"object": "page", "data": [
      {"object": "bucket", "start_time": 1730419200, "end_time": \(end), "results": [
        \(result)]}], "has_more": true, "next_page": "p"}
    """
  }

  @Test("OpenAI's are dollars as a number, of the model before the comma of a line item")
  func openAI() throws {
    let page = try read(
      openAI(#"{"amount": {"value": 6e-2, "currency": "usd"}, "line_item": "gpt-4o-mini-2024-07-18, input"}"#))
    let day = period("2024-11-01T00:00:00Z", "2024-11-02T00:00:00Z")
    #expect(page.costs == [ProviderCost(period: day, model: "gpt-4o-mini-2024-07-18", amount: usd("0.06"))])
    #expect(page.hasMore)
    let unnamed = try read(openAI(#"{"amount": {"value": 0.123456789012, "currency": "usd"}, "line_item": null}"#))
    #expect(unnamed.costs.map(\.model) == [nil] && unnamed.costs.map(\.amount) == [usd("0.123456789")])
  }

  @Test("Anthropic's are cents as a text, rounded to the nano-dollar half-even")
  func anthropic() throws {
    let page = try read(
      """
      {"data": [{"starting_at": "2025-08-01T00:00:00Z", "ending_at": "2025-08-02T00:00:00Z", "results": [
        {"currency": "USD", "amount": "123.78912", "cost_type": "tokens", "model": "claude-sonnet-4-20250514"},
        {"currency": "USD", "amount": "0.00000025", "cost_type": "web_search", "model": null}]}], "has_more": false}
      """)
    #expect(page.costs.map(\.amount) == [usd("1.2378912"), usd("0.000000002")])
    #expect(page.costs.map(\.model) == ["claude-sonnet-4-20250514", nil] && !page.hasMore)
  }

  @Test(
    "Amounts of any length are rounded to the nano-dollar by all of their digits",
    arguments: [
      ("0.0174615000000000000000000000", "0.0174615"), ("1.7461500000000002e-05", "0.000017462"),
      ("-0.0000000015000000000000000000", "-0.000000002"), ("0.0000000025000000000000000001", "0.000000003"),
      ("0.0000000025000000000000000000", "0.000000002"), ("0.00000000000000000000000000001", "0"),
    ])
  func long(amount: String, expected: String) throws {
    let page = try read(openAI(#"{"amount": {"value": \#(amount), "currency": "usd"}}"#))
    #expect(page.costs.map(\.amount) == [usd(expected)])
  }

  @Test("A key that stands twice and an amount beyond all bills are named with their line")
  func named() {
    func fault(_ text: String) -> DataError? { failure { () throws(DataError) in _ = try read(text) } }
    let twice = fault(openAI(#"{"amount": {"value": 1, "value": 2, "currency": "usd"}}"#))
    #expect(twice?.found == "key \"value\" twice" && twice?.place.line == 3)
    let huge = fault(openAI(#"{"amount": {"value": 1e18, "currency": "usd"}}"#))
    #expect(huge?.found == "amount 1e18" && huge?.place.line == 3)
    #expect(huge?.expected == "dollars as a decimal number, below a billion dollars")
  }

  @Test(
    "What cannot be used is named with its line",
    arguments: [
      ("{}", "costs.json:1: found no data, expected a page of costs: data, with results"),
      ("{\n", "costs.json:2: found the end of the file, expected a key in double quotes"),
    ])
  func wrong(text: String, fault: String) {
    let error = failure { () throws(DataError) in _ = try read(text) }
    #expect(error.map { "\($0)" }?.hasPrefix(String(fault.prefix(20))) == true)
  }

  @Test("Neither another currency nor an amount that is no number nor a bucket that ends first is guessed at")
  func faults() {
    func found(_ text: String) -> String? { failure { () throws(DataError) in _ = try read(text) }?.found }
    #expect(found(openAI(#"{"amount": {"value": 1, "currency": "eur"}}"#)) == "currency eur")
    #expect(found(openAI(#"{"amount": {"value": "x", "currency": "usd"}}"#)) == "amount \"x\"")
    #expect(found(openAI(#"{"line_item": "x"}"#)) == "no amount")
    #expect(found(openAI("", end: 1_730_419_200)) == "a bucket that ends at 2024-11-01T00:00:00Z")
  }
}
