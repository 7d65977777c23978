import Foundation
import Testing

/// What the command says and does where the price book lacks what a bill needs.
@Suite struct UnpricedTests {
  private let place: Workplace

  /// A fleet of a few lines that runs in three places, of which two have a price, with a charge that has none.
  init() throws {
    place = try Workplace()
    try place.file(
      "fleet.yaml",
      """
      name: mini
      services:
        - { name: web, approach: horizontal, initial_type: m5.large, instance_types: [m5.large], minimum: 1, maximum: 9 }
      user_types: [{ name: all }]
      charges: [{ name: widgets, service: acme, price: acme/widget-hour, quantity: { units: 1 } }]
      """)
    try place.file("on-demand.csv", Self.head("on-demand 1") + Self.prices)
    try place.file("specification.csv", Self.head("specification 2") + Self.specifications)
    try place.file("inventory.csv", Self.inventory)
    try place.file(
      "users.csv", "timestamp,service,resource,metric,value\n2026-10-01T00:00:00Z,users,all,concurrent_users,100\n")
    for words in [
      ["fleet", "fleet.yaml"], ["prices", "on-demand.csv", "specification.csv"], ["inventory", "inventory.csv"],
      ["utilisation", "users.csv"],
    ] {
      let run = try place.run(["import", "--store", place.store] + words)
      try #require(run.status == 0, "\(run.errors)")
    }
  }

  @Test("Every price that is missing is named at once")
  func named() throws {
    let run = try ask(["cost"])
    #expect(run.status == 66)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains("m5.large (linux) in eu-west-1") == true)
    #expect(lines.last?.contains("acme/widget-hour in us-east-1") == true)
    // What helps is said once, behind the last.
    let help = "; plimsoll prices --missing prints the rows to fill in, --allow-unpriced answers the rest"
    #expect(lines.last?.hasSuffix(help) == true && lines.first?.contains("--missing") == false)
  }

  @Test("Where it is allowed the rest is answered, and each total says that it is not whole")
  func allowed() throws {
    // 744 × (0.1 + 0.125).
    let text = try output(try ask(["cost", "--allow-unpriced"]))
    #expect(text.contains(/\nTotal, incomplete +167\.40 +167\.40\n/))
    // A row of each service whose bill lacks a price says so, and so does what users cost.
    #expect(text.contains(/\nweb +167\.40 +167\.40 +yes\n/) && text.contains(/\nacme +unknown \[1\] +yes\n/), "\(text)")
    #expect(text.contains(/\nall +100\.00 .* yes\n/))
    let markdown = try output(try ask(["cost", "--allow-unpriced", "--format", "markdown"]))
    #expect(markdown.contains("| **Total, incomplete** | **167.40** | **167.40** |"))
    let csv = try tables(try output(try ask(["cost", "--allow-unpriced", "--format", "csv"])))
    #expect(csv[0].rows.map { $0["item"] } == ["m5.large", "acme/widget-hour"])
    let json = try JSONSerialization.jsonObject(
      with: Data(try output(try ask(["cost", "--allow-unpriced", "--format", "json"])).utf8))
    let lacks = (json as? [String: Any])?["incomplete"] as? [String]
    #expect(lacks == ["on demand: m5.large (linux) in eu-west-1", "unit: acme/widget-hour in us-east-1"])
  }

  @Test("By a key and beside a change, what lacks a price is marked row by row")
  func rows() throws {
    let regions = try tables(try output(try ask(["cost", "--by", "region", "--allow-unpriced", "--format", "csv"])))
    let marks = regions.first { $0.rows.contains { $0["value"] != nil } }?.rows.map {
      "\($0["value"] ?? "") \($0["incomplete"] ?? "")"
    }
    // Two places have a price; of the third, and of the charge, which is at home, there is none.
    #expect(marks?.sorted() == ["eu-west-1 yes", "us-east-1 yes", "us-east-1-bos-1 "], "\(regions)")
    let change = try output(try ask(["what-if", "--count", "web=3", "--allow-unpriced"]))
    #expect(change.contains(/\nweb .* yes\n/) && change.contains(/\nacme .* yes\n/), "\(change)")
  }

  @Test("What a move to another region lacks is asked for there")
  func otherRegion() throws {
    let move = try ask(["what-if", "--region", "us-east-1-bos-1"])
    #expect(
      move.errors.hasSuffix(
        "plimsoll prices --missing --region us-east-1-bos-1 prints the rows to fill in, "
          + "--allow-unpriced answers the rest\n"), "\(move.errors)")
    let rows = try output(try ask(["prices", "--missing", "--region", "eu-west-1"]))
    #expect(rows.contains("eu-west-1,m5.large,linux,") && rows.contains("eu-west-1,acme,widget-hour,"), "\(rows)")
    #expect(try place.run(["prices", "--missing", "--store", place.store, "--region", "a b"]).status == 64)
  }

  @Test(
    "Every question answers without what has no price, and says so",
    arguments: [["what-if"], ["rightsize"], ["schedule"], ["mix"], ["waste"], ["why", "mix-m5"]])
  func questions(question: [String]) throws {
    #expect(try ask(question).status == 66)
    #expect(try output(try ask(question + ["--allow-unpriced"])).contains("Incomplete: 2 prices are missing"))
  }

  @Test(
    "A database without a price is left out, and the rest is answered", arguments: [["cost"], ["mix"], ["what-if"]])
  func database(question: [String]) throws {
    let fleet = try place.text("fleet.yaml")
    let row = "  - { name: db, approach: vertical, initial_type: x9.large, instance_types: [x9.large, m5.large] }\n"
    try place.file("fleet.yaml", fleet.replacing("user_types", with: row + "user_types"))
    try place.file(
      "db.csv",
      "service,resource,type,zone,lifecycle,started,stopped\ndb,i-9,x9.large,us-east-1a,on-demand,2026-10-01T00:00:00Z,\n"
    )
    for words in [["fleet", "fleet.yaml"], ["inventory", "db.csv"]] {
      try #require(try place.run(["import", "--store", place.store] + words).status == 0)
    }
    let errors = try ask(question).errors.split(separator: "\n")
    #expect(errors.count == 4 && errors.contains { $0.contains("no specification of x9.large") })
    #expect(try output(try ask(question + ["--allow-unpriced"])).contains("Incomplete: 4 prices are missing"))
  }

  @Test("A database is named by its engine, and billed once it has a price, whatever the book says of its type")
  func engineOfDatabase() throws {
    try place.file(
      "db.csv", Self.engines + "db,main,db.m9.large,us-east-1a,on-demand,2026-10-01T00:00:00Z,,postgres\n")
    try importing("inventory", "db.csv")
    #expect(try ask(["cost"]).errors.contains("db.m9.large (postgresql) in us-east-1"))
    #expect(
      try output(try ask(["cost", "--allow-unpriced"])).contains(/on demand +us-east-1 +db\.m9\.large +postgresql/))
    #expect(try output(try ask(["prices", "--missing"])).contains("us-east-1,db.m9.large,postgresql,,2026-10-01"))
    let price = "prices: [{ type: db.m9.large, engine: postgres, usd: 0.2, from: 2026-10-01 }]\n"
    try place.file("fleet.yaml", try place.text("fleet.yaml") + "\n" + price)
    try importing("fleet", "fleet.yaml")
    // 744 × 0.2; the book still does not say what the type offers.
    let cost = try output(try ask(["cost", "--allow-unpriced"]))
    #expect(cost.contains(/\ndb +148\.80 +148\.80\n/) && !cost.contains("db.m9.large"))
    let sizes = try output(try ask(["rightsize", "--allow-unpriced", "--format", "csv"]))
    #expect(sizes.contains("the price book does not say what db.m9.large offers"))
    #expect(!(try output(try ask(["waste", "--allow-unpriced"]))).contains("no instance ran"))
    // One sample of each five minutes of October, of which a quarter is used: 744 × 12.
    let rows = (0..<(744 * 12)).map { "\(1_790_812_800 + $0 * 300),db,main,cpu_percent,25" }.joined(separator: "\n")
    try place.file("cpu.csv", "timestamp,service,resource,metric,value\n\(rows)\n")
    try importing("utilisation", "cpu.csv")
    let used = try output(try ask(["cost", "--allow-unpriced", "--format", "csv"]))
    #expect(used.contains("CPU of instances; no specification of db.m9.large"))
    let why = try output(try ask(["why", "rightsize-db", "--allow-unpriced"]))
    #expect(why.contains(/samples: +8,928\n/), "\(why)")
    try #require(try output(try ask(["review", "--out", "out", "--allow-unpriced"])).isEmpty == false)
    // No instance of web was measured, that of db was.
    #expect(try place.text("out/report.md").contains(/No sample from [^\n]* of web\.\n/))
  }

  @Test("An engine of the inventory that the book does not know is named with the one that is near")
  func unknownEngine() throws {
    try place.file("lnux.csv", Self.engines + "web,i-4,m5.large,us-east-1a,on-demand,2026-10-01T00:00:00Z,,lnux\n")
    try importing("inventory", "lnux.csv")
    #expect(try ask(["cost"]).errors.contains("of m5.large it has linux; did you mean linux?"))
  }

  @Test("An engine of the inventory that the fleet file contradicts is refused with both")
  func contradictedEngine() throws {
    let fleet = try place.text("fleet.yaml")
    try place.file("fleet.yaml", fleet.replacing("{ name: web,", with: "{ name: web, engine: linux,"))
    try place.file(
      "windows.csv", Self.engines + "web,i-4,m5.large,us-east-1a,on-demand,2026-10-01T00:00:00Z,,Windows\n")
    try importing("fleet", "fleet.yaml")
    try importing("inventory", "windows.csv")
    let run = try ask(["cost", "--allow-unpriced"])
    #expect(run.status == 65)
    #expect(
      run.firstError == "plimsoll: inventory: web/i-4: found engine windows, expected linux, which the fleet file says "
        + "web runs; one of the two is to be corrected")
  }

  private func importing(_ words: String...) throws {
    let run = try place.run(["import", "--store", place.store] + words)
    try #require(run.status == 0, "\(run.errors)")
  }

  private static let engines = "service,resource,type,zone,lifecycle,started,stopped,engine\n"

  @Test("A review marks its report and its exports")
  func review() throws {
    #expect(try ask(["review", "--out", "out"]).status == 66)
    let text = try output(try ask(["review", "--out", "out", "--allow-unpriced"]))
    #expect(text.contains("incomplete; 100.0 average concurrent users"))
    #expect(try place.text("out/report.md").contains("Incomplete: 2 prices are missing"))
    let bill = try tables(try place.text("out/bill.csv"))[0].rows
    #expect(bill.map { $0["cost_usd"] } == ["74.40", "93.00", "", ""])
    #expect(bill.map { $0["quality"] } == ["published", "published", "incomplete", "incomplete"])
    #expect(try tables(try place.text("out/cost-per-user.csv"))[0].rows.map { $0["incomplete"] } == ["yes"])
  }

  @Test("The rows that are missing are printed as price files, and filled in they fill it")
  func missing() throws {
    let text = try output(try ask(["prices", "--missing"]))
    let json = try jsonTables(try output(try ask(["prices", "--missing", "--format", "json"])))
    #expect(json.map(\.name) == ["missing_prices"] && !json[0].rows.isEmpty)
    let files = text.components(separatedBy: "\n\n")
    #expect(files.count == 2)
    for (file, figure) in zip(files, [(",linux,,", ",linux,0.11,"), ("hour,,0,,", "hour,hour,0,0.5,")]) {
      let filled = file.replacing("DAY", with: "2026-11-01").replacing("WHERE", with: "the bill")
        .replacing(figure.0, with: figure.1)
      try place.file("filled.csv", filled.hasSuffix("\n") ? filled : filled + "\n")
      let run = try place.run(["import", "--store", place.store, "prices", "filled.csv"])
      #expect(run.status == 0, "\(run.errors)")
    }
    // 744 × (0.1 + 0.125 + 0.11 + 0.5).
    #expect(try output(try ask(["cost"])).contains(/\nTotal +249\.24 +372\.00 +621\.24\n/))
    #expect(
      try output(try ask(["prices", "--missing"])) == "No price is missing that the bill of 2026-10 needs.\n")
    let none = try jsonTables(try output(try ask(["prices", "--missing", "--format", "json"])))
    #expect(none.map(\.name) == ["missing_prices"] && none[0].rows.isEmpty)
  }

  @Test("The commands that bring a region's prices are printed with the import of what they bring")
  func commands() throws {
    let text = try output(try place.run(["prices", "--commands", "eu-west-1"]))
    for address in [
      "offers/v1.0/aws/AmazonEC2/current/eu-west-1/index.csv", "AmazonElastiCache/current/eu-west-1",
      "AmazonRDS/current/eu-west-1", "savingsPlan/v1.0/aws/AWSComputeSavingsPlan/current/region_index.json",
      "aws ec2 describe-spot-price-history", "aws ec2 describe-instance-types",
      "plimsoll import prices --region eu-west-1", "plimsoll import spot --region eu-west-1",
    ] { #expect(text.contains(address), "\(address)") }
    // Each file that is fetched is imported once.
    for file in text.matches(of: /-o ([A-Z][^ ]+)|> ([^ ]+\.json)/).map({ $0.1 ?? $0.2 ?? "" }) {
      #expect(text.components(separatedBy: file).count > 2, "\(file)")
    }
    for region in ["cn-north-1", "here", "x; rm -rf y", ""] {
      #expect(try place.run(["prices", "--commands", region]).status == 64, "\(region)")
    }
  }

  private func output(_ run: Run) throws -> String {
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }

  private func ask(_ question: [String]) throws -> Run {
    try place.run(question + ["--store", place.store, "--month", "2026-10"])
  }

  private static func head(_ kind: String) -> String {
    """
    # plimsoll-prices: \(kind)
    # provider: aws
    # currency: USD
    # retrieved: 2026-10-01
    # source A: made up

    """
  }

  private static let prices = """
    region,type,engine,usd_per_hour,effective_from,quality,source
    us-east-1,m5.large,linux,0.1,2026-08-01,published,A
    us-east-1-bos-1,m5.large,linux,0.125,2026-08-01,published,A

    """
  private static let specifications = """
    type,vcpu,memory_gib,architecture,current_generation,network_baseline_mbps,network_peak_mbps,ebs_baseline_mbps,\
    ebs_baseline_iops,ebs_peak_mbps,ebs_peak_iops,burst_baseline_percent,burst_credits_per_hour,burst_max_credits,\
    burst_surplus_usd_per_vcpu_hour,burst_mode,effective_from,quality,source
    m5.large,2,8,x86_64,yes,,,,,,,,,,,,2026-08-01,published,A

    """
  private static let inventory = """
    service,resource,type,zone,lifecycle,started,stopped
    web,i-1,m5.large,us-east-1a,on-demand,2026-10-01T00:00:00Z,
    web,i-2,m5.large,us-east-1-bos-1a,on-demand,2026-10-01T00:00:00Z,
    web,i-3,m5.large,eu-west-1a,on-demand,2026-10-01T00:00:00Z,

    """
}
