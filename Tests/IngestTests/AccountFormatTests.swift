import Foundation
import Ingest
import Model
import Reading
import Testing

@Suite struct AccountFormatTests {
  @Test(
    "Each format recognises its own example, no other does, and something is listed in it",
    arguments: accountFormats.indices)
  func readsExample(index: Int) throws {
    let format = accountFormats[index]
    let start = FileStart(file: "l", bytes: Array(format.example.utf8))
    #expect(accountFormats.indices.filter { accountFormats[$0].recognises(start) } == [index])
    #expect(!commitmentFormats.dropFirst().contains { $0.recognises(start) })
    #expect(reasonToSkip(start) == nil)
    let read = try readListing(ByteSource(name: "l", bytes: Array(format.example.utf8)))
    #expect(read.noun == format.noun)
    #expect(read.listing.listed > 0)
  }

  @Test("Formats have names and outlines of their own, and the list has a line for every file of the folder")
  func listIsComplete() throws {
    #expect(Set(accountFormats.map { $0.name }).count == accountFormats.count)
    #expect(Set(accountFormats.map { $0.outline }).count == accountFormats.count)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Sources/Ingest/Account/Formats").path)
    #expect(Set(files) == Set(accountFormats.map { "\($0).swift" } + ["JSONRecord+AWS.swift"]))
  }

  @Test("A listing of another kind is told which there are")
  func unknown() throws {
    let error = #expect(throws: DataError.self) { _ = try listing("{\"Buckets\": []}") }
    #expect(error?.expected.description.hasPrefix("one of nodes and pods") == true)
  }
}

@Suite struct AWSInstancesTests {
  @Test("The date in brackets ends a machine that was stopped; what has none is not billed, and is told")
  func stops() throws {
    let read = try listing(
      machines(
        machine("i-1", state: "running"), machine("i-2", state: "stopped", "User initiated (2026-10-03 17:00:00 GMT)"),
        machine("i-3", state: "terminated", "Server.SpotInstanceTermination: instance terminated"),
        machine("i-4", state: "stopped", "User initiated (2026-08-03 17:00:00 GMT)"),
        machine("i-5", state: "pending"), machine("i-6", state: "stopping", "")))
    #expect(read.instances.map(\.id) == ["i-1", "i-2", "i-5"])
    #expect(read.instances.map(\.stopped) == [nil, Instant("2026-10-03T17:00:00Z"), nil])
    #expect(
      read.leftOut == [
        "terminated machines whose stop has no date, which are not billed now": 1,
        "stopping machines whose stop has no date, which are not billed now": 1,
        "machines that stopped before they started": 1,
      ])
  }

  @Test("Spot, Windows and dedicated tenancy are told apart", arguments: [true, false])
  func kinds(hasDetails: Bool) throws {
    let details = hasDetails ? "\"PlatformDetails\": \"Windows\"," : ""
    let spot = machine("i-1", extra: "\"InstanceLifecycle\": \"spot\", \(details) \"Platform\": \"windows\",")
    let read = try listing(machines(spot, machine("i-2", tenancy: "dedicated")))
    #expect(read.instances.map(\.lifecycle) == [.spot] && read.instances.map(\.engine) == ["windows"])
    #expect(read.leftOut == ["machines of dedicated tenancy, whose price is another": 1])
  }

  @Test("Pages say together what one answer says, in whichever order they are read")
  func pages() throws {
    let all = [machine("i-1"), machine("i-2", state: "stopped", "User initiated (2026-10-03 17:00:00 GMT)")]
    let other = try listing(machines(machine("i-2")))
    let groups = try listing(
      """
      {"AutoScalingGroups": [{"AutoScalingGroupName": "web", "MinSize": 1, "MaxSize": 2, "DesiredCapacity": 2,
      "Instances": [{"InstanceId": "i-2"}]}]}
      """)
    let answers = [try listing(machines(all[0])), try listing(machines(all[1])), other, groups]
    let one = settled(answers)
    #expect(one.instances.map(\.id) == ["i-1", "i-2"])
    #expect(one.instances.map { $0.service(groupedBy: nil) } == ["unnamed", "web"])
    #expect(one.instances.map(\.stopped) == [nil, Instant("2026-10-03T17:00:00Z")])
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
      let again = settled(order.map { answers[$0] })
      #expect(again.instances == one.instances && again.groups == one.groups)
    }
  }

  @Test("One that was started again ran until then at most, and it is told")
  func startedAgain() throws {
    let later = machine("i-1", started: "2026-10-20T00:00:00Z")
    let both = settled([try listing(machines(machine("i-1"))), try listing(machines(later))])
    #expect(both.instances.map(\.stopped) == [Instant("2026-10-20T00:00:00Z"), nil])
    #expect(both.notes.count == 1)
  }

  @Test("A service is a tag's value where one is asked for, else the group, the name, or nothing")
  func services() throws {
    let tagged = machine("i-1", tags: [("Name", "one"), ("team", "shop"), ("aws:autoscaling:groupName", "web")])
    let named = machine("i-2", tags: [("Name", "two")])
    let read = try listing(machines(tagged, named, machine("i-3")))
    #expect(read.instances.map { $0.service(groupedBy: nil) } == ["web", "two", "unnamed"])
    #expect(read.instances.map { $0.service(groupedBy: "team") } == ["shop", "two", "unnamed"])
    #expect(read.instances[0].run(groupedBy: nil).tags.map(\.key) == ["Name", "aws:autoscaling:groupName", "team"])
  }

  private func settled(_ listings: [AccountListing]) -> AccountListing {
    var all = AccountListing()
    for one in listings { all.add(one) }
    all.settle()
    return all
  }
}

@Suite struct KubernetesListingTests {
  @Test(
    "A pod asks for what its containers ask for together, or its largest init container, and its overhead",
    arguments: [
      // 500m + 1 vCPU; 128 Mi + 1 G = 134,217,728 + 1,000,000,000 bytes.
      ("", 1500, 1_134_217_728),
      // The init container asks for more CPU.
      (#", "initContainers": [{"resources": {"requests": {"cpu": "2"}}}]"#, 2000, 1_134_217_728),
      (#", "overhead": {"cpu": "250m"}"#, 1750, 1_134_217_728),
    ])
  func requests(more: String, cpu: Int64, memory: Int64) throws {
    let pods = try listing(
      """
      {"apiVersion": "v1", "kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "p", "namespace": "n"},
      "spec": {"containers": [{"resources": {"requests": {"cpu": "500m", "memory": "128Mi"}}},
      {"resources": {"requests": {"cpu": "1", "memory": "1G"}}}]\(more)}, "status": {"phase": "Running"}},
      {"kind": "Pod", "metadata": {"name": "q"}, "spec": {"containers": []}, "status": {"phase": "Succeeded"}}]}
      """
    )
    #expect(pods.pods.map(\.cpuRequest) == [cpu] && pods.pods.map(\.memoryRequest) == [memory])
    #expect(pods.pods[0].cpuLimit == nil && pods.leftOut == ["pods that have ended": 1])
  }
}

private func listing(_ text: String) throws -> AccountListing {
  try readListing(ByteSource(name: "l", bytes: Array(text.utf8))).listing
}

private func machines(_ all: String...) -> String {
  "{\"Reservations\": [{\"OwnerId\": \"123456789012\", \"Instances\": [\(all.joined(separator: ","))]}]}"
}

private func machine(
  _ id: String, state: String = "running", _ reason: String = "", tenancy: String = "default",
  started: String = "2026-09-01T08:00:00+00:00", tags: [(String, String)] = [], extra: String = ""
) -> String {
  let tags = tags.map { "{\"Key\": \"\($0)\", \"Value\": \"\($1)\"}" }.joined(separator: ",")
  return """
    {"InstanceId": "\(id)", "InstanceType": "m5.large", "LaunchTime": "\(started)", \(extra)
    "Placement": {"AvailabilityZone": "us-east-1a", "Tenancy": "\(tenancy)"}, "State": {"Name": "\(state)"},
    "StateTransitionReason": "\(reason)", "Tags": [\(tags)]}
    """
}
