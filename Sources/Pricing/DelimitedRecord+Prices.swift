import Model
import Reading

// How our own price files write what other files do not have, or write otherwise.

extension DelimitedRecord {
  /// An amount of money, a plain decimal that somebody wrote by hand: what ``price(_:)`` forgives a program, an exponent
  /// or the tail of a binary double, is an error here.
  func money(_ column: String) throws(DataError) -> Money {
    let number = try decimal(column, expected: priceExpectation)
    guard number.scale <= 9, number.mantissa <= Int64.max / powerOfTen(9 - number.scale) else {
      throw wrong(column, expected: priceExpectation)
    }
    let price = Money(nanoDollars: number.mantissa * powerOfTen(9 - number.scale))
    guard price <= .mostPrice else { throw wrong(column, expected: mostPriceExpectation) }
    return price
  }

  /// An amount of money of more than 0, as the price of an instance is.
  func instancePrice(_ column: String) throws(DataError) -> Money {
    let price = try money(column)
    guard price > .zero else { throw neverFree(column) }
    return price
  }

  /// The error for an instance that costs nothing.
  func neverFree(_ column: String) -> DataError {
    wrong(column, expected: "a price of more than 0, since an instance is never free")
  }

  /// A number that is not negative, in thousandths, rounded half-even.
  func thousandths(_ column: String, expected: String) throws(DataError) -> Int64 {
    let number = try decimal(column)
    let milli = roundedHalfEven(Int128(number.mantissa) * 1000, dividedBy: Int128(powerOfTen(number.scale)))
    guard let result = Int64(exactly: milli) else { throw wrong(column, expected: expected) }
    return result
  }

  /// The length of a reservation or plan: 1 or 3 years.
  func termYears(_ column: String) throws(DataError) -> Int {
    let years = try whole(column)
    guard years == 1 || years == 3 else { throw wrong(column, expected: "1 or 3 years") }
    return years
  }

  /// What is priced: `region`, `type` and `engine`.
  /// - Parameter engine: that of a file without such a column.
  func instanceKind(engine: String? = nil) throws(DataError) -> InstanceKind {
    let (region, type) = (try text("region"), try text("type"))
    if let engine { return InstanceKind(region: region, type: type, engine: engine) }
    return InstanceKind(region: region, type: type, engine: try text("engine"))
  }
}
