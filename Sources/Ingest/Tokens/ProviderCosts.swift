// What providers of models say that tokens cost: OpenAI's "organization/costs", a JSON number of dollars and what it is for as
// "MODEL, KIND" where it is grouped by line item; Anthropic's "cost_report", cents as a decimal text.
//
// Source: OpenAI API reference, "Costs"; Anthropic Admin API reference, "Get cost report".

import Model
import Reading

/// What a provider says that something cost in a time, mostly a day.
package struct ProviderCost: Hashable, Sendable {
  package var period: Period
  /// As the provider calls it; nil where it does not say, and for what is of no model.
  package var model: String?
  /// In US dollars, rounded to the nano-dollar.
  package var amount: Money

  package init(period: Period, model: String?, amount: Money) {
    self.period = period
    self.model = model
    self.amount = amount
  }
}

/// Reads a page of costs of OpenAI's or Anthropic's, of any size.
/// - Throws: ``DataError`` for a file that is none, another currency, and a record that cannot be used, by its line.
package func readProviderCosts(_ source: ByteSource) throws -> (costs: [ProviderCost], hasMore: Bool) {
  let stream = try JSONStream(source, ahead: try source.takeStart().bytes)
  let page = CostPage(file: source.name)
  var costs: [ProviderCost] = []
  let hasMore = try stream.forEachBucket {
    let bucket = try stream.node()
    let period = try page.period(of: bucket)
    for result in bucket["results"]?.elements ?? [] { costs.append(try page.cost(result, over: period)) }
  }
  return (costs, hasMore)
}

/// A file of costs.
private struct CostPage {
  var file: String

  private func fault(_ node: JSONNode, found: String, expected: String) -> DataError {
    DataError(Place(file: file, line: node.line), found: found, expected: expected)
  }

  /// From one of two keys to one of two others.
  func period(of bucket: JSONNode) throws(DataError) -> Period {
    func instant(_ keys: [String]) throws(DataError) -> Instant {
      let value = keys.lazy.compactMap { bucket[$0] }.first
      guard let text = value?.text, let time = parseTimestamp(Array(text.utf8)[...]), !time.isLocal else {
        throw fault(bucket, found: value?.shown ?? "no \(keys[0])", expected: "\(keys[0]), a moment of UTC")
      }
      return Instant(seconds: time.seconds)
    }
    let (start, end) = (try instant(["start_time", "starting_at"]), try instant(["end_time", "ending_at"]))
    guard start < end else {
      throw fault(bucket, found: "a bucket that ends at \(end)", expected: "an end after \(start)")
    }
    return Period(start: start, end: end)
  }

  func cost(_ result: JSONNode, over period: Period) throws(DataError) -> ProviderCost {
    guard let amount = result["amount"] else { throw fault(result, found: "no amount", expected: "an amount") }
    // An object of dollars is OpenAI's, a text of cents Anthropic's.
    let isObject = amount["value"] != nil
    let currency = (isObject ? amount["currency"] : result["currency"])?.text ?? "usd"
    guard currency.lowercased() == "usd" else {
      throw fault(amount, found: "currency \(currency)", expected: "usd")
    }
    let value = amount["value"] ?? amount
    let places = isObject ? 0 : 2
    // A place more than money has, so that what lies halfway is rounded as it should be.
    guard let text = value.text, let decimal = ScaledDecimal(cutting: text, to: 10 - places),
      let money = Money(rounding: decimal, places: places)
    else {
      throw fault(
        value, found: "amount \(value.shown)",
        expected: "\(isObject ? "dollars" : "cents") as a decimal number, below a billion dollars")
    }
    let item = result["line_item"]?.text.map { String($0.split(separator: ",").first ?? "") }
    return ProviderCost(period: period, model: result["model"]?.text ?? item, amount: money)
  }
}

extension ScaledDecimal {
  /// A decimal of any length, cut to some decimals where it has more digits than fit. What is cut off still counts in rounding
  /// to fewer decimals: where it is not zero, a last digit that would be round or halfway is made one more.
  fileprivate init?(cutting text: String, to decimals: Int) {
    if let whole = ScaledDecimal(text) {
      self = whole
      return
    }
    let halves = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let isNegative = text.hasPrefix("-")
    let parts = halves[0].drop { $0 == "-" || $0 == "+" }.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined().drop { $0 == "0" }
    guard halves.count <= 2, (1...2).contains(parts.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let exponent = halves.count == 2 ? Int(halves[1]) : 0, abs(exponent) <= 1_000
    else { return nil }
    let excess = (parts.count == 2 ? parts[1].count : 0) - exponent - decimals
    guard excess > 0, var mantissa = Int64("0" + digits.dropLast(excess)) else { return nil }
    if digits.suffix(excess).contains(where: { $0 != "0" }), mantissa % 5 == 0 { mantissa += 1 }
    self.init(mantissa: isNegative ? -mantissa : mantissa, scale: decimals)
  }
}

extension Money {
  /// A decimal, moved right by some places, to the nano-dollar, half-even; nil beyond a billion dollars.
  fileprivate init?(rounding decimal: ScaledDecimal, places: Int) {
    let decimal = decimal.normalised
    let scale = decimal.scale + places
    let nano =
      scale <= 9
      ? Int128(decimal.mantissa) * widePowerOfTen(9 - scale)
      : roundedHalfEven(Int128(decimal.mantissa), dividedBy: widePowerOfTen(scale - 9))
    guard abs(nano) < 1_000_000_000 * 1_000_000_000 else { return nil }
    self.init(nanoDollars: Int64(clamping: nano))
  }
}
