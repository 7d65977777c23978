import Advice
import Analysis
import Clouds
import Model
import StudySupport
import TestSupport
import Testing

@testable import Analytics

/// Where a fleet runs, and what is advised where that is several places.
@Suite struct FleetPlaceTests {
  @Test(
    "A fleet without a region is in that of the inventory, the most frequent where there are several",
    arguments: [
      (["us-east-1a", "us-east-1b"], "us-east-1"), (["eu-west-1a", "us-east-1a", "eu-west-1b"], "eu-west-1"),
      (["us-west-2-lax-1a", ""], "us-west-2"),
      // As many of each: the first by name.
      (["us-east-1a", "eu-west-1a"], "eu-west-1"),
    ])
  func region(zones: [String], region: String) throws {
    let fleet = try bare.completed(from: runs(in: zones), in: AWS())
    #expect(fleet.region == region)
    #expect(try bare.completed(from: runs(in: zones.reversed()), in: AWS()).region == region)
  }

  @Test("What the file says stands, wherever instances ran")
  func said() throws {
    var fleet = bare
    fleet.region = "ap-south-1"
    #expect(try fleet.completed(from: runs(in: ["us-east-1a"]), in: AWS()).region == "ap-south-1")
  }

  @Test("Where neither file nor inventory tells a region it is asked for", arguments: [[], [""], ["xyz1-az1"]])
  func unknown(zones: [String]) {
    let error = failure { () throws(DataError) in _ = try bare.completed(from: runs(in: zones), in: AWS()) }
    #expect(error?.kind == .missingInput && error?.place.key == "region")
  }

  @Test("A service that runs in another region than the fleet's is judged by the prices of there")
  func elsewhere() throws {
    let size = try sizes(["eu-west-1a", "eu-west-1b"])
    // At 30 % of 2 vCPU each the types stay; the price is that of eu-west-1, 0.11.
    #expect(size.outcome != .refused)
    let own = size.evidence.prices.filter { $0.item == .onDemand(type: "m5.large") }
    #expect(!own.isEmpty && own.allSatisfy { $0.amount == usd("0.11") })
  }

  @Test("A service that runs in several places is refused, with the places, whatever the order of its instances")
  func several() throws {
    for zones in [["us-east-1a", "eu-west-1a"], ["eu-west-1a", "us-east-1a"]] {
      let size = try sizes(zones)
      #expect(size.outcome == .refused && size.reason == .severalPlaces(["eu-west-1", "us-east-1"]))
    }
  }

  @Test("A service without a price is refused where that is allowed, and the others are judged")
  func unpriced() throws {
    var month = TinyMonth()
    month.runs = runs(in: ["us-east-1a", "ap-south-1a"])
    let error = failure { () throws(DataError) in _ = try AdviceSequence(of: month) }
    #expect(error?.found.contains("ap-south-1") == true)
  }

  @Test("What runs on an instance is what it is billed as; a service that runs different things is refused by name")
  func engines() throws {
    var month = TinyMonth()
    month.runs[1].engine = "windows"
    month.prices.sell("m5.large", "0.188", engine: "windows")
    let study = try month.study()
    // 744 × (0.096 + 0.188).
    #expect(try study.outcome(Scenario()).bill.total == usd("211.296"))
    let size = try #require(try AdviceSequence(of: month).verdicts.first { $0.step == .rightsize })
    #expect(size.outcome == .refused && size.reason == .severalEngines(["linux", "windows"]))
  }

  @Test("The inventory says what a service runs where its file does not, and the book's words stand for the provider's")
  func stated() throws {
    var runs = runs(in: ["us-east-1a", "us-east-1a"])
    runs[0].engine = "windows"
    var service = tinyService("app", ["m5.large"])
    service.engine = ""
    let fleet = tinyFleet([service])
    #expect(FleetCompletion(fleet, by: runs, in: october).fleet.services[0].engine == "windows")
    service.engine = "Postgres"
    runs[0].type = "db.m5.large"
    runs.removeLast()
    #expect(FleetCompletion(tinyFleet([service]), by: runs, in: october).fleet.services[0].engine == "postgresql")
  }

  private func sizes(_ zones: [String]) throws -> Verdict {
    var month = TinyMonth()
    month.runs = runs(in: zones)
    for type in ["m5.large", "m5.xlarge"] {
      var kind = kind(type)
      kind.region = "eu-west-1"
      let hourly = type == "m5.large" ? "0.11" : "0.22"
      month.prices.onDemand.append(OnDemandPrice(kind: kind, hourly: usd(hourly), provenance: provenance()))
    }
    return try #require(try AdviceSequence(of: month).verdicts.first { $0.step == .rightsize })
  }

  private func runs(in zones: [String]) -> [InstanceRun] {
    zones.enumerated().map { run("app-\($0 + 1)", of: "app", "m5.large", october, zone: $1) }
  }

  private var bare: Fleet {
    var fleet = tinyFleet([tinyService("app", ["m5.large"])])
    fleet.region = ""
    return fleet
  }
}

extension AdviceSequence {
  fileprivate init(of month: TinyMonth) throws(DataError) {
    let study: Study
    do { study = try month.study() } catch let error as DataError { throw error } catch { fatalError("\(error)") }
    try self.init(study, from: try study.outcome(Scenario()), through: .rightsize)
  }
}
