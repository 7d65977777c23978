import Model
import Reading

/// AWS's price list of a service in CSV, an offer file: five lines about the list, then a row for each price.
///
/// The rows of a product stand together; what a product is, is decided at its first row. Columns are found by name, for
/// every service has others.
struct AWSPriceListCSV: PriceFormat {
  static let name = "aws-price-list-csv"
  static let outline = "AWS's price list of a service in CSV (\"FormatVersion\", ...)"
  static let example = """
    "FormatVersion","v1.0"
    "Disclaimer","This pricing list is for informational purposes only."
    "Publication Date","2026-10-01T17:12:44Z"
    "Version","20261001171244"
    "OfferCode","AmazonEC2"
    "SKU","OfferTermCode","RateCode","TermType","EffectiveDate","StartingRange","EndingRange","Unit","PricePerUnit","Currency","LeaseContractLength","PurchaseOption","OfferingClass","Product Family","Instance Type","Tenancy","usageType","operation","CapacityStatus","MarketOption","Region Code"
    "HB5V2X9QNAWVBF3P","JRTCKXETXF","HB5V2X9QNAWVBF3P.JRTCKXETXF.6YS6EN2CT7","OnDemand","2026-10-01","0","Inf","Hrs","0.0768000000","USD",,,,"Compute Instance","t3.large","Shared","EUN1-BoxUsage:t3.large","RunInstances","Used","OnDemand","eu-north-1"
    "HB5V2X9QNAWVBF3P","HU7G6KETJZ","HB5V2X9QNAWVBF3P.HU7G6KETJZ.6YS6EN2CT7","Reserved","2026-04-01","0","Inf","Hrs","0.0250000000","USD","1yr","Partial Upfront","standard","Compute Instance","t3.large","Shared","EUN1-BoxUsage:t3.large","RunInstances","Used","OnDemand","eu-north-1"
    "HB5V2X9QNAWVBF3P","HU7G6KETJZ","HB5V2X9QNAWVBF3P.HU7G6KETJZ.2TG2D8R56U","Reserved","2026-04-01",,,"Quantity","219","USD","1yr","Partial Upfront","standard","Compute Instance","t3.large","Shared","EUN1-BoxUsage:t3.large","RunInstances","Used","OnDemand","eu-north-1"
    "K3PJ7D6YTEC2SMRR","JRTCKXETXF","K3PJ7D6YTEC2SMRR.JRTCKXETXF.6YS6EN2CT7","OnDemand","2026-10-01","0","Inf","Hrs","0.0844800000","USD",,,,"Compute Instance","t3.large","Dedicated","EUN1-DedicatedUsage:t3.large","RunInstances","Used","OnDemand","eu-north-1"
    "M2WQ8R4CKZUH6TDN","JRTCKXETXF","M2WQ8R4CKZUH6TDN.JRTCKXETXF.6YS6EN2CT7","OnDemand","2026-10-01","0","Inf","GB-Mo","0.0836000000","USD",,,,"Storage",,,"EUN1-EBS:VolumeUsage.gp3","CreateVolume-Gp3",,,"eu-north-1"

    """

  static func recognises(_ start: FileStart) -> Bool { start.startsPriceList && !start.holds("DiscountedSKU") }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    var rows = try input.rows()
    let columns = try PriceListColumns(&rows)
    let offer = try OfferColumns(columns)
    let service = try ListedService(columns.head.offerCode, at: columns.place)
    var prices = ListedPriceReader(try columns.head.source(input))
    var current = CurrentProduct()
    while try rows.nextRow() {
      try columns.header.check(rows.reader)
      try rows.reader.checkUTF8()
      if !current.isOf(rows.reader, offer.sku) {
        let sku = try offer.sku(of: rows.reader)
        let attributes = RowAttributes(reader: rows.reader, columns: offer.attributes)
        current.leave(&sink)
        current = CurrentProduct(sku, try service.product(attributes, input, at: rows.reader.place))
      }
      if current.isLeftOut {
        current.rows += 1
      } else {
        try prices.add(
          offer.price(rows.reader), of: current.product, sku: current.sku, at: rows.reader.place, into: &sink)
      }
    }
    current.leave(&sink)
    try rows.expectLineEnd()
    prices.finish(&sink)
  }
}

/// The product that rows are of, until the next one.
private struct CurrentProduct {
  let sku: String
  let product: ListedProduct
  let isLeftOut: Bool
  /// Rows that were left out with it.
  var rows = 0
  private let bytes: [UInt8]

  /// That of no row.
  init() { self.init("", .leftOut("")) }

  init(_ sku: String, _ product: ListedProduct) {
    self.sku = sku
    self.product = product
    bytes = Array(sku.utf8)
    if case .leftOut = product { isLeftOut = true } else { isLeftOut = false }
  }

  /// True for another row of the product.
  func isOf(_ row: DelimitedReader, _ column: Int) -> Bool {
    row.withBytes(column) { bytes in
      guard bytes.count == self.bytes.count, !bytes.isEmpty else { return false }
      for index in bytes.indices where bytes[index] != self.bytes[index] { return false }
      return true
    }
  }

  /// Counts its rows.
  func leave(_ sink: inout PriceSink) {
    if case .leftOut(let reason) = product, rows > 0 { sink.leaveOut(reason, count: rows) }
  }
}

/// Where the columns of an offer file stand.
private struct OfferColumns {
  let sku: Int
  private let termType, code, effectiveDate, start, unit, amount, currency: Int
  /// Lists without reservations do not have them.
  private let lease, purchaseOption, offeringClass: Int?
  /// By the attribute; nil for those that the service does not have.
  let attributes: [Int?]

  init(_ columns: PriceListColumns) throws(DataError) {
    sku = try columns.require("SKU")
    termType = try columns.require("TermType")
    code = try columns.require("OfferTermCode")
    effectiveDate = try columns.require("EffectiveDate")
    start = try columns.require("StartingRange")
    unit = try columns.require("Unit")
    amount = try columns.require("PricePerUnit")
    currency = try columns.require("Currency")
    lease = columns.find("LeaseContractLength")
    purchaseOption = columns.find("PurchaseOption")
    offeringClass = columns.find("OfferingClass")
    for name in ["Product Family", "usageType", "operation"] { _ = try columns.require(name) }
    if columns.find("Region Code") == nil { _ = try columns.require("Location") }
    attributes = ListedAttribute.allCases.map { columns.find($0.plainName) }
  }

  func sku(of row: DelimitedReader) throws(DataError) -> String {
    guard !row.isEmpty(sku) else { throw DataError(row.place, found: "no SKU", expected: "one") }
    return row.text(sku)
  }

  func price(_ row: DelimitedReader) -> ListedPrice {
    ListedPrice(
      termType: row.text(termType), offerCode: row.text(code), effectiveDate: row.text(effectiveDate),
      startingRange: row.text(start), unit: row.text(unit), amount: row.text(amount), currency: row.text(currency),
      lease: lease.map { row.text($0) } ?? "", purchaseOption: purchaseOption.map { row.text($0) } ?? "",
      offeringClass: offeringClass.map { row.text($0) } ?? "")
  }
}

/// The attributes that stand in a row.
private struct RowAttributes: ListedAttributes {
  let reader: DelimitedReader
  let columns: [Int?]

  subscript(attribute: ListedAttribute) -> String { columns[attribute.rawValue].map { reader.text($0) } ?? "" }
}
