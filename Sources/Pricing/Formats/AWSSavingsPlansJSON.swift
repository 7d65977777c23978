import Model
import Reading

/// AWS's price list of savings plans in JSON: the plans, then the rates of each.
struct AWSSavingsPlansJSON: PriceFormat {
  static let name = "aws-savings-plans-json"
  static let outline = "AWS's price list of savings plans in JSON (products, terms, savingsPlan)"
  static let example = """
    {
      "version" : "20261002083011",
      "publicationDate" : "2026-10-02T08:30:11Z",
      "offerCode" : "AmazonComputeSavingsPlan",
      "products" : [ {
        "sku" : "Q8TN4MZC6HYV2RKE",
        "productFamily" : "EC2InstanceSavingsPlans",
        "serviceCode" : "ComputeSavingsPlans",
        "usageType" : "EUN1-EC2SP:t3.1yrNoUpfront",
        "operation" : "",
        "attributes" : {
          "purchaseOption" : "No Upfront", "granularity" : "hourly", "instanceType" : "t3", "purchaseTerm" : "1yr",
          "locationType" : "AWS Region", "location" : "EU (Stockholm)"
        }
      } ],
      "terms" : {
        "savingsPlan" : [ {
          "sku" : "Q8TN4MZC6HYV2RKE",
          "description" : "1 year No Upfront t3 EC2 Instance Savings Plan in eu-north-1",
          "effectiveDate" : "2026-10-01T00:00:00Z",
          "leaseContractLength" : { "duration" : 1, "unit" : "year" },
          "rates" : [ {
            "discountedSku" : "HB5V2X9QNAWVBF3P", "discountedUsageType" : "EUN1-BoxUsage:t3.large",
            "discountedOperation" : "RunInstances", "discountedServiceCode" : "AmazonEC2",
            "rateCode" : "Q8TN4MZC6HYV2RKE.HB5V2X9QNAWVBF3P", "unit" : "Hrs",
            "discountedRate" : { "price" : "0.0483", "currency" : "USD" },
            "discountedRegionCode" : "eu-north-1", "discountedInstanceType" : "t3.large"
          } ]
        } ]
      }
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && !start.hasKey("PriceList")
      && (start.hasKey("savingsPlan") && start.hasKey("terms") || start.startsPlans)
  }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let stream = try input.json()
    var list = SavingsPlanDocument(input: input)
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      switch key {
      case "offerCode", "version", "publicationDate": list.head[key] = try stream.node().text
      case "products":
        try stream.enterArray()
        while try stream.nextElement() { list.add(plan: try stream.node()) }
      case "terms": try list.readTerms(stream, into: &sink)
      default: try stream.skip()
      }
    }
    try stream.expectEnd()
    guard list.hasTerms else { throw DataError(stream.place, found: "no terms", expected: "the rates of the plans") }
  }
}

extension FileStart {
  /// True for a document of which only plans are to be seen so far.
  fileprivate var startsPlans: Bool {
    hasKey("offerCode") && firstByte(ofValue: "\"products\"") == UInt8(ascii: "[")
  }
}

/// A price list of savings plans as far as it was read.
private struct SavingsPlanDocument {
  let input: PriceInput
  var head: [String: String] = [:]
  private(set) var hasTerms = false
  /// By SKU, with their attributes.
  private var plans: [String: [ListedAttribute: String]] = [:]

  init(input: PriceInput) { self.input = input }

  mutating func add(plan: JSONNode) { plans[plan.listedText("sku")] = plan.listedAttributes }

  mutating func readTerms(_ stream: JSONStream, into sink: inout PriceSink) throws {
    let place = stream.place
    guard let published = head["publicationDate"] else {
      throw DataError(place, found: "no publicationDate so far", expected: "it before the terms, as AWS writes it")
    }
    let offer = head["offerCode"] ?? "of savings plans"
    let list = try PriceListHead(
      offerCode: offer, version: head["version"] ?? "", published: published, at: place)
    let source = try list.source(input)
    var hasPlans = false
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      guard key == "savingsPlan" else {
        try stream.skip()
        continue
      }
      hasPlans = true
      try stream.enterArray()
      while try stream.nextElement() { try readPlan(stream, source, into: &sink) }
    }
    guard hasPlans else { throw DataError(place, found: "terms without a savingsPlan", expected: "the plans' rates") }
    hasTerms = true
  }

  /// Reads the rates of a plan, one at a time, for there may be a great many.
  private func readPlan(_ stream: JSONStream, _ source: PriceSource, into sink: inout PriceSink) throws {
    var facts: [String: JSONNode] = [:]
    var hasRates = false
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      guard key == "rates" else {
        facts[key] = try stream.node()
        continue
      }
      hasRates = true
      let common = try common(facts, at: stream.place)
      try stream.enterArray()
      while try stream.nextElement() {
        let node = try stream.node()
        let place = Place(file: input.file, line: node.line)
        try sink.add(try rate(node, common).rate(input, source, at: place))
      }
    }
    guard hasRates else {
      let place = facts["sku"].map { Place(file: input.file, line: $0.line) } ?? stream.place
      throw DataError(place, found: "a plan without rates", expected: "a list \"rates\"")
    }
  }

  /// What the rates of a plan share.
  private func common(_ facts: [String: JSONNode], at place: Place) throws(DataError) -> ListedSavingsRate {
    guard let sku = facts["sku"]?.text, let plan = plans[sku] else {
      throw DataError(
        place, found: "rates of \(facts["sku"]?.shown ?? "no sku")", expected: "the sku of a product before its rates")
    }
    let lease = facts["leaseContractLength"]
    return ListedSavingsRate(
      family: plan[.productFamily], purchaseOption: plan[.purchaseOption],
      leaseLength: lease?.listedText("duration") ?? "", leaseUnit: lease?.listedText("unit") ?? "",
      effectiveDate: facts["effectiveDate"]?.text ?? "", service: "", usageType: "", operation: "", regionCode: "",
      location: plan[.location], instanceType: "", unit: "", amount: "", currency: "")
  }

  private func rate(_ node: JSONNode, _ common: ListedSavingsRate) -> ListedSavingsRate {
    var rate = common
    rate.service = node.listedText("discountedServiceCode")
    rate.usageType = node.listedText("discountedUsageType")
    rate.operation = node.listedText("discountedOperation")
    rate.regionCode = node.listedText("discountedRegionCode")
    rate.instanceType = node.listedText("discountedInstanceType")
    rate.unit = node.listedText("unit")
    rate.amount = node["discountedRate"]?.listedText("price") ?? ""
    rate.currency = node["discountedRate"]?.listedText("currency") ?? ""
    return rate
  }
}
