import Model
import Reading

/// What `aws pricing get-products` prints: products with their terms, each as a string that holds JSON.
///
/// Some SDKs give the JSON itself; both are read, element by element.
struct AWSGetProducts: PriceFormat {
  static let name = "aws-get-products"
  static let outline = "the output of aws pricing get-products (PriceList)"
  static let example = #"""
    {
        "FormatVersion": "aws_v1",
        "PriceList": [
            "{\"product\":{\"productFamily\":\"Storage\",\"attributes\":{\"servicecode\":\"AmazonEC2\",\"volumeApiName\":\"gp3\",\"location\":\"EU (Stockholm)\",\"usagetype\":\"EUN1-EBS:VolumeUsage.gp3\",\"operation\":\"CreateVolume-Gp3\"},\"sku\":\"M2WQ8R4CKZUH6TDN\"},\"serviceCode\":\"AmazonEC2\",\"terms\":{\"OnDemand\":{\"M2WQ8R4CKZUH6TDN.JRTCKXETXF\":{\"priceDimensions\":{\"M2WQ8R4CKZUH6TDN.JRTCKXETXF.6YS6EN2CT7\":{\"unit\":\"GB-Mo\",\"endRange\":\"Inf\",\"beginRange\":\"0\",\"pricePerUnit\":{\"USD\":\"0.0836000000\"}}},\"sku\":\"M2WQ8R4CKZUH6TDN\",\"effectiveDate\":\"2026-10-01T00:00:00Z\",\"offerTermCode\":\"JRTCKXETXF\",\"termAttributes\":{}}}},\"version\":\"20261001171244\",\"publicationDate\":\"2026-10-01T17:12:44Z\"}"
        ]
    }
    """#

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("PriceList") }

  static func read(_ input: PriceInput, into sink: inout PriceSink) throws {
    let stream = try input.json()
    var hasList = false
    var keys: Set<String> = []
    try stream.enterObject()
    while let key = try stream.nextKey(once: &keys) {
      guard key == "PriceList" else {
        if try stream.passMember(key) { sink.remark(morePages) }
        continue
      }
      hasList = true
      try stream.enterArray()
      while try stream.nextElement() { try read(stream.node(), input, into: &sink) }
    }
    try stream.expectEnd()
    guard hasList else { throw DataError(stream.place, found: "no PriceList", expected: "a list of products") }
  }

  /// Reads an element; of an element in a string, every place is the line of the string.
  private static func read(_ element: JSONNode, _ input: PriceInput, into sink: inout PriceSink) throws {
    let node = try element.unwrapped(file: input.file)
    let place = Place(file: input.file, line: node.line)
    guard let listed = node["product"], let terms = node["terms"] else {
      throw DataError(place, found: "an element \(node.shown)", expected: "an object with a product and its terms")
    }
    let attributes = listed["attributes"]
    let code = node["serviceCode"]?.text ?? attributes?.listedText("servicecode") ?? ""
    let service = try ListedService(code, at: place)
    let product = try service.product(listed.listedAttributes, input, at: place)
    if case .leftOut(let reason) = product { return sink.leaveOut(reason) }
    let head = try PriceListHead(
      offerCode: code, version: node.listedText("version"), published: node.listedText("publicationDate"), at: place)
    var prices = ListedPriceReader(try head.source(input))
    let sku = listed.listedText("sku")
    for term in terms.members {
      try prices.add(offers: term.value, termType: term.key, of: product, sku: sku, file: input.file, into: &sink)
    }
    prices.finish(&sink)
  }
}

extension JSONNode {
  /// The JSON that a string holds, every value on the line of the string; anything but a string is itself.
  /// - Throws: ``DataError`` for a string that holds no JSON.
  fileprivate func unwrapped(file: String) throws(DataError) -> JSONNode {
    guard case .string(let text) = content else { return self }
    let bytes = Array(text.utf8)
    let line = line
    return try bytes.withUnsafeBufferPointer { bytes -> Result<JSONNode, DataError> in
      var scanner = JSONScanner(bytes)
      do throws(JSONStop) {
        let node = try scanner.node { _ in line }
        try scanner.expectEnd()
        return .success(node)
      } catch {
        let place = Place(file: file, line: line)
        guard case .syntax(let position, let expected) = error else {
          return .failure(DataError(place, found: "a string that is no JSON", expected: "a product in JSON"))
        }
        return .failure(
          DataError(place, found: "\(scanner.found(at: position)) in the JSON of a product", expected: "\(expected)"))
      }
    }.get()
  }
}
