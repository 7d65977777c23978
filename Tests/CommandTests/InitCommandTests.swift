import Foundation
import TestSupport
import Testing

@Suite struct InitCommandTests {
  private let instances = """
    {"Reservations": [{"OwnerId": "123456789012", "Instances": [{"InstanceId": "i-0a1", "InstanceType": "m5.large",
    "LaunchTime": "2026-09-01T08:00:00+00:00", "Placement": {"AvailabilityZone": "us-east-1a"},
    "State": {"Name": "running"}, "StateTransitionReason": "", "Tags": [{"Key": "team", "Value": "shop"}]},
    {"InstanceId": "i-0a2", "InstanceType": "t3.medium", "LaunchTime": "2026-09-01T08:00:00+00:00",
    "Placement": {"AvailabilityZone": "us-east-1b"}, "State": {"Name": "stopped"},
    "StateTransitionReason": "User initiated (2026-10-11 00:00:00 GMT)"}]}]}
    """

  @Test(
    "Two commands lead from what the cloud printed to the bill, and the first of them changes nothing when it is run again"
  )
  func twoCommands() throws {
    let workplace = try place()
    try workplace.file("dump/notes.txt", "nothing to read\n")
    let first = try workplace.run(["init", "dump"])
    #expect(first.status == 0 && first.errors == "")
    #expect(first.output.contains("dump: dump/fleet.yaml is written"))
    #expect(first.output.contains("the CPU use of the one machine that runs"))
    let text = try workplace.text("dump/fleet.yaml")
    let again = try workplace.run(["init", "dump", "--update"])
    #expect(again.output.contains("dump: nothing to change in dump/fleet.yaml"))
    #expect(try workplace.text("dump/fleet.yaml") == text)
    let dataset = try workplace.run(["import", "--store", "s.sqlite", "dataset", "dump"])
    #expect(dataset.status == 0 && dataset.errors == "")
    #expect(dataset.output.contains("dump/a.json: 2 machines: 2 runs added\n"))
    #expect(dataset.output.contains("dump/notes.txt: skipped: its content is none of the formats that are known\n"))
    let prices = ["ec2-on-demand", "ec2-specifications"].map {
      packageFolder.appendingPathComponent("pricing/aws/\($0).csv").path
    }
    #expect(try workplace.run(["import", "--store", "s.sqlite", "prices"] + prices).status == 0)
    let cost = try workplace.run(
      ["cost", "--store", "s.sqlite", "--month", "2026-10", "--by", "tag:team", "--format", "csv"])
    // 744 h x 0.096 = 71.424; 240 h x 0.0416 = 9.984.
    #expect(cost.status == 0, "\(cost.errors)")
    #expect(cost.output.contains("shop,1,744,71.424,") && cost.output.contains("untagged,1,240,9.984,"))
    let one = try workplace.run(
      [
        "cost", "--store", "s.sqlite", "--month", "2026-10", "--by", "type", "--where", "tag:team=", "--where",
        "account=123456789012",
      ])
    #expect(one.output.contains("Only what has no tag:team and account 123456789012: 9.98 of 81.41 USD"))
  }

  @Test("Volumes and addresses that are attached to nothing are told of by waste, with what they cost")
  func unattached() throws {
    let workplace = try place()
    try workplace.file(
      "dump/volumes.json",
      """
      {"Volumes": [
        {"VolumeId": "vol-1", "Size": 10, "VolumeType": "gp3", "AvailabilityZone": "us-east-1a",
         "Attachments": [{"InstanceId": "i-0a1"}]},
        {"VolumeId": "vol-2", "Size": 100, "VolumeType": "gp3", "AvailabilityZone": "us-east-1a", "State": "available", "Attachments": []},
        {"VolumeId": "vol-3", "Size": 500, "VolumeType": "gp3", "AvailabilityZone": "us-east-1a", "State": "deleting",
         "Attachments": []}]}
      """)
    try workplace.file(
      "dump/addresses.json",
      """
      {"Addresses": [
        {"AllocationId": "eipalloc-1", "PublicIp": "203.0.113.12", "NetworkBorderGroup": "us-east-1"},
        {"AllocationId": "eipalloc-2", "PublicIp": "203.0.113.13", "NetworkBorderGroup": "us-east-1",
         "AssociationId": "eipassoc-1", "NetworkInterfaceId": "eni-1"}]}
      """)
    try #require(try workplace.run(["init", "dump"]).status == 0)
    try #require(try workplace.run(["import", "--store", "s.sqlite", "dataset", "dump"]).status == 0)
    let prices = ["ec2-on-demand", "ec2-specifications", "services"].map {
      packageFolder.appendingPathComponent("pricing/aws/\($0).csv").path
    }
    try #require(try workplace.run(["import", "--store", "s.sqlite", "prices"] + prices).status == 0)
    let waste = try workplace.run(["waste", "--store", "s.sqlite", "--month", "2026-10", "--format", "csv"])
    let rows = try tables(waste.output).first { $0.rows.contains { $0["charge"] != nil } }?.rows
    // 100 GB at 0.08; one address for 744 hours at 0.005.
    #expect(rows?.map { $0["charge"] } == ["storage gp3-gb-month of nothing", "network public-ipv4-hour of nothing"])
    #expect(rows?.map { $0["which"] } == ["vol-2", "eipalloc-1"])
    #expect(rows?.map { $0["cost_usd"] } == ["8", "3.72"] || rows?.map { $0["cost_usd"] } == ["8.00", "3.72"])
    #expect(try workplace.text("dump/fleet.yaml").components(separatedBy: "unattached: true").count == 3)
  }

  @Test("A listing is an inventory too, from a file, a pipe or standard input; it replaces nothing")
  func inventory() throws {
    let workplace = try place()
    let file = try workplace.run(["import", "--store", "a.sqlite", "inventory", "dump/a.json"])
    #expect(file.output == "dump/a.json: 2 machines: 2 runs added\n")
    let input = try workplace.run(["import", "--store", "b.sqlite", "inventory", "-"], input: "dump/a.json")
    #expect(input.output == "standard input: 2 machines: 2 runs added\n")
    let replacing = try workplace.run(["import", "--store", "a.sqlite", "inventory", "--replace", "dump/a.json"])
    #expect(replacing.status == 64 && replacing.errors.hasPrefix("plimsoll: --replace: found a listing of an account"))
  }

  @Test("The commands that list an account only read, and end in the two that lead to the answer")
  func commands() throws {
    let run = try plimsoll(["init", "--commands", "--region", "eu-west-1", "shop"])
    #expect(run.status == 0)
    let calls = run.output.matches(of: /aws ([a-z0-9]+) ([a-z-]+)/).map { String($0.output.2) }
    #expect(calls.count > 12 && calls.allSatisfy { $0.hasPrefix("describe-") || $0 == "get-metric-data" })
    #expect(run.output.contains("plimsoll init shop && plimsoll import dataset shop"))
  }

  @Test(
    "What is asked wrongly is told",
    arguments: [
      (["init"], 64, "name the folder"), (["init", "--commands", "--update"], 64, "excludes"),
      (["init", "--region", "us-east-1", "x"], 64, "goes with"),
      (["init", "--commands", "--region", "mars-1"], 64, "a region of AWS"),
      (["init", "/nowhere"], 66, "no such folder"), (["cost", "--by", "colour"], 66, "no such store"),
    ])
  func wrong(arguments: [String], status: Int32, words: String) throws {
    let run = try Workplace().run(arguments)
    #expect(run.status == status && run.errors.contains(words), "\(arguments): \(run.errors)")
  }

  private func place() throws -> Workplace {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(atPath: workplace.folder.path("dump"), withIntermediateDirectories: true)
    try workplace.file("dump/a.json", instances)
    return workplace
  }
}
