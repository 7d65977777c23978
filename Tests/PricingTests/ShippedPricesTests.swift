import Model
import Pricing
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The price book that comes with plimsoll: every file in every folder of `pricing/`.
@Suite struct ShippedPricesTests {
  @Test("Every file is read to its last row, and the files agree with one another")
  func readsAll() throws {
    let files = try BookFile.all()
    #expect(files.filter { $0.name.hasPrefix("aws/") }.count == 12)
    #expect(files.filter { $0.name.hasPrefix("more/") }.count == 16)
    for file in files { #expect(try file.book().rows >= file.rows.count, "\(file.name)") }
    _ = try catalogue()
  }

  @Test("Files are written as the book's README asks for")
  func written() throws {
    for file in try BookFile.all() {
      #expect(!file.text.contains("\r") && file.text.hasSuffix("\n"), "\(file.name): line ends")
      #expect(Set(file.rows).count == file.rows.count, "\(file.name): a row twice")
      let named = file.comments.filter { $0.hasPrefix("# source ") }.map { $0.dropFirst(9).prefix { $0 != ":" } }
      let used = Set(file.rows.compactMap { $0.split(separator: ",").last })
      #expect(Set(named) == used, "\(file.name): sources")
      let hasDerived = file.rows.contains { $0.contains(",derived,") }
      let hasRule = file.comments.contains { $0.hasPrefix("# note: derived") }
      #expect(hasDerived == hasRule, "\(file.name): the rule of derived rows")
    }
  }

  /// Each with the file that its row cites, where it is of a further region or engine.
  @Test(
    "Instances cost on demand what their sources say",
    arguments: [
      ("us-east-1", "t3.medium", "linux", "2026-10-01", "0.0416"),
      // yeo/ec2.shop eu-central-1-ondemand.json
      ("eu-central-1", "m6i.large", "linux", "2026-10-01", "0.115"),
      // yeo/ec2.shop us-east-2-ondemand.json
      ("us-east-2", "c7g.large", "linux", "2026-10-01", "0.0723"),
      // marr-cloud/vantage-pricing ec2-m6a.json: 0.1728 + 4 x 0.046
      ("us-east-1", "m6a.xlarge", "windows", "2026-10-01", "0.3568"),
      // Derived: 0.096 + 2 x 0.046
      ("us-east-1", "m5.large", "windows", "2026-10-01", "0.188"),
      // marr-cloud/vantage-pricing rds-m6g.json
      ("us-east-1", "db.m6g.large", "postgresql", "2026-10-01", "0.159"),
      // yeo/ec2.shop eu-west-1-rds-mysql-reservedinstance-multi-az-3y.json
      ("eu-west-1", "db.m5.12xlarge", "mysql-multi-az", "2026-10-01", "9.072"),
      // LeanerCloud/ec2-instances-info elasticache-instances.json; namratabhatia21/Clarchy aws.yaml
      ("us-east-1", "cache.r7g.large", "valkey", "2026-10-01", "0.1752"),
      ("us-east-1", "cache.m7g.large", "valkey", "2026-10-01", "0.1264"),
    ])
  func onDemand(region: String, type: String, engine: String, day: String, price: String) throws {
    let kind = InstanceKind(region: region, type: type, engine: engine)
    #expect(try catalogue().onDemand(kind, at: instant(day)).hourly == usd(price))
  }

  @Test(
    "Reservations cost what their sources say",
    arguments: [
      // yeo/ec2.shop eu-central-1-reservedinstance-convertible-1y.json
      ("eu-central-1", "c5.12xlarge", "linux", "convertible-1yr-no-upfront", "0", "1.847"),
      // yeo/ec2.shop eu-west-1-rds-mysql-reservedinstance-multi-az-1y-partial.json
      ("eu-west-1", "db.m5.12xlarge", "mysql-multi-az", "standard-1yr-partial-upfront", "26623", "3.0391"),
      // marr-cloud/vantage-pricing ec2-m6a.json
      ("us-east-1", "m6a.xlarge", "windows", "standard-3yr-no-upfront", "0", "0.26238"),
    ])
  func reserved(region: String, type: String, engine: String, term: String, upfront: String, hourly: String) throws {
    let kind = InstanceKind(region: region, type: type, engine: engine)
    let price = try catalogue().reserved(kind, try #require(OfferTerm(term)), at: october.start)
    #expect(price.upfront == usd(upfront) && price.hourly == usd(hourly))
  }

  /// Each with its tiers: where one begins, and its price.
  @Test(
    "Units cost what their sources say",
    arguments: [
      // pydantic genai-prices data.py, and the same in BerriAI litellm
      ("tokens/anthropic/claude-opus-5-5/input", "eu-central-1", "2026-12-01", ["0 4.00"]),
      ("tokens/anthropic/claude-opus-5-5/batch-output", "eu-central-1", "2026-12-01", ["0 10.00"]),
      ("tokens/openai/gpt-6.1-sol-272k/cached-input", "", "2026-12-01", ["0 0.20"]),
      // Introductory until 2026-12-31.
      ("tokens/google/gemini-3.6-flash/output", "", "2026-12-31", ["0 3.75"]),
      ("tokens/google/gemini-3.6-flash/output", "", "2027-01-01", ["0 7.50"]),
      // infracost cloudfront_distribution_test.golden
      ("cloudfront/internet-out-japan-gb", "ap-northeast-1", "2026-10-01", ["0 0.114", "10240 0.089"]),
      // infracost lambda_function_test.golden, a GB-second x 1,000,000
      ("lambda/x86-1m-gb-seconds", "us-east-1", "2026-10-01", ["0 16.6667", "6000 15.00", "15000 13.3334"]),
      // api-evangelist/github github-plans-pricing.yml
      ("github/team-seat-month", "us-east-1", "2026-10-01", ["0 4.00"]),
    ])
  func units(item: String, region: String, day: String, tiers: [String]) throws {
    let prices = try catalogue().unit(item, region: region, at: instant(day))
    #expect(prices.map { "\($0.tierFrom) \($0.price)" } == tiers)
  }

  private func catalogue() throws -> Catalogue { try shippedCatalogue.get() }
}

/// The whole book, read once.
private let shippedCatalogue: Result<Catalogue, any Error> = Result {
  var whole = PriceBook()
  for file in try BookFile.all() { whole.append(try file.book()) }
  return try Catalogue(whole)
}

/// A file of the book.
private struct BookFile {
  /// `aws/services.csv`.
  let name: String
  let text: String

  /// Those of every folder, by name.
  static func all() throws -> [BookFile] {
    let manager = FileManager.default
    let root = packageFolder.appending(path: "pricing")
    return try manager.contentsOfDirectory(atPath: root.path).sorted().flatMap { folder -> [BookFile] in
      let files = (try? manager.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
      return try files.sorted().filter { $0.hasSuffix(".csv") }.map { file in
        let name = "\(folder)/\(file)"
        return BookFile(name: name, text: try String(contentsOf: root.appending(path: name), encoding: .utf8))
      }
    }
  }

  private var lines: [Substring] { text.split(separator: "\n") }
  var comments: [Substring] { lines.filter { $0.hasPrefix("#") } }
  /// Those below the header row.
  var rows: [Substring] { Array(lines.drop { $0.hasPrefix("#") }.dropFirst()) }

  func book() throws -> PriceBook { try readPriceBook(bytes: Array(text.utf8), file: name) }
}
