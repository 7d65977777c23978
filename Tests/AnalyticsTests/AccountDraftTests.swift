import Foundation
import Model
import TestSupport
import Testing

@testable import Analytics

@Suite struct AccountDraftTests {
  @Test("A fleet file that was made changes nothing when it is made again")
  func again() throws {
    let place = try AccountPlace(["a.json": machines("i-1"), "groups.json": group(most: 4)])
    #expect(try place.draft().outcome == .new)
    let text = try place.text("fleet.yaml")
    for updating in [false, true] {
      let draft = try place.draft(updating: updating)
      #expect(draft.outcome == .same && draft.differences.isEmpty && draft.text == nil)
      #expect(try place.text("fleet.yaml") == text)
    }
  }

  @Test("What is new is shown and left alone, and added where that is asked for")
  func new() throws {
    let place = try AccountPlace(["a.json": machines("i-1", name: "one")])
    try place.draft()
    try place.write("b.json", machines("i-2", name: "two"))
    let before = try place.text("fleet.yaml")
    let shown = try place.draft()
    #expect(shown.outcome == .left && shown.differences.map(\.subject) == ["service two"])
    #expect(try place.text("fleet.yaml") == before)
    let updated = try place.draft(updating: true)
    #expect(updated.outcome == .updated && updated.differences.map(\.outcome) == ["added"])
    #expect(try place.text("fleet.yaml").contains("  - name: one\n  - name: two\n"))
    #expect(try place.draft(updating: true).outcome == .same)
  }

  @Test("What was edited stays, what was not follows the cloud, and what was taken out stays out")
  func edited() throws {
    let place = try AccountPlace([
      "a.json": machines("i-1", name: "one"), "b.json": machines("i-2", name: "two"), "groups.json": group(most: 4),
      "other.json": group("jobs", most: 6),
    ])
    try place.draft()
    var text = try place.text("fleet.yaml")
    text = text.replacing("maximum: 4", with: "maximum: 3 # enough").replacing("  - name: two\n", with: "")
    try place.write("fleet.yaml", text)
    try place.write("groups.json", group(most: 8))
    try place.write("other.json", group("jobs", most: 9))
    let draft = try place.draft(updating: true)
    let merged = try place.text("fleet.yaml")
    #expect(merged.contains("maximum: 3 # enough") && merged.contains("maximum: 9") && !merged.contains("two"))
    #expect(
      draft.differences.map { "\($0.subject): \($0.outcome)" } == [
        "service jobs: brought up to date", "service web: edited, so kept",
      ])
    #expect(draft.differences.last?.cloud == ["maximum: 8"])
    // Told once; and nothing changes from then on.
    let last = try place.draft(updating: true)
    #expect(last.outcome == .same && last.differences.isEmpty)
    #expect(try place.text("fleet.yaml") == merged)
  }

  @Test("A file that somebody wrote by hand keeps its words and its form")
  func byHand() throws {
    let own = "# mine\nname: shop\nservices:\n- name: one # the first\n  minimum: 2\n\n# the end\n"
    let place = try AccountPlace(["a.json": machines("i-1", name: "two"), "fleet.yaml": own])
    try place.draft(updating: true)
    #expect(
      try place.text("fleet.yaml")
        == "# mine\nname: shop\nservices:\n- name: one # the first\n  minimum: 2\n- name: two\n\n# the end\n")
  }

  @Test("A tag names services where the fleet file says so, for the import too")
  func byTag() throws {
    let place = try AccountPlace(["a.json": machines("i-1", name: "one", team: "shop")])
    #expect(try place.draft(groupedBy: "team").services.map(\.name) == ["shop"])
    #expect(try place.draft().outcome == .same)
    #expect(throws: DataError.self) { try place.draft(groupedBy: "owner") }
    try place.importAll()
    let workspace = try Workspace(store: place.store, fleet: nil)
    #expect(try workspace.cost(by: "service", month: "2026-10").rows.map(\.value) == ["shop"])
  }

  @Test(
    "Whatever the cloud calls things, the fleet file can be read",
    arguments: ["yes", "a: b", "# x", "é\"q\"", "007", "- x"])
  func odd(name: String) throws {
    let escaped = name.replacing("\"", with: "\\\"")
    let place = try AccountPlace(["a.json": machines("i-1", name: escaped)])
    #expect(try place.draft().services.map(\.name) == [name.asName])
    #expect(try place.draft(updating: true).outcome == .same)
  }

  @Test("A folder without a listing is told, and one that is not there")
  func nothing() throws {
    let place = try AccountPlace(["x.json": "{\"Buckets\": []}"])
    #expect(throws: DataError.self) { try place.draft() }
    #expect(throws: DataError.self) { try accountDraft("/nowhere/at/all", groupedBy: nil, updating: false) }
  }

  @Test("An instance that is listed as started again ran until then, in whichever order the listings are imported")
  func startedAgain() throws {
    let early = machines("i-1", started: "2026-10-01T00:00:00Z")
    let late = machines("i-1", started: "2026-10-11T00:00:00Z")
    for order in [[early, late], [late, early]] {
      let place = try AccountPlace([:])
      for text in order {
        try place.write("a.json", text)
        try place.draft(updating: true)
        try place.importAll(prices: false)
      }
      place.importPrices()
      // All of October, once: 744 x 0.096.
      let cost = try Workspace(store: place.store, fleet: nil).cost(month: "2026-10").total
      #expect(cost == usd("71.424"))
    }
  }

  @Test("What pods ask for of the nodes of a pool is what their namespace has of its cost, the rest is idle")
  func namespaces() throws {
    let node = { (name: String) in
      """
      {"kind": "Node", "metadata": {"name": "\(name)", "creationTimestamp": "2026-09-01T00:00:00Z", "labels": {
      "eks.amazonaws.com/nodegroup": "general", "node.kubernetes.io/instance-type": "m5.large",
      "topology.kubernetes.io/zone": "us-east-1a"}}, "spec": {"providerID": "aws:///us-east-1a/i-\(name)"},
      "status": {"allocatable": {"cpu": "2", "memory": "8Gi"}}}
      """
    }
    let pod = { (name: String, space: String, node: String, cpu: String, memory: String) in
      """
      {"kind": "Pod", "metadata": {"name": "\(name)", "namespace": "\(space)"}, "spec": {"nodeName": "\(node)",
      "containers": [{"resources": {"requests": {"cpu": "\(cpu)", "memory": "\(memory)"}}}]}, "status": {"phase": "Running"}}
      """
    }
    // Of two nodes shop asks for 1 of 2 vCPU and 2 of 8 GiB on one: (0.5 + 0.25) / 2 = 0.375 of it, 0.1875 of the pool;
    // search for all of the other: 0.5 of the pool.
    let items = [
      node("a1"), node("b2"), pod("p", "shop", "a1", "1", "2Gi"), pod("q", "search", "b2", "2", "8Gi"),
    ]
    let place = try AccountPlace([
      "k.json": "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\(items.joined(separator: ","))]}"
    ])
    let draft = try place.draft()
    #expect(draft.pods?.namespaces.map(\.millionths) == [500_000, 187_500] && draft.pods?.idle == 312_500)
    #expect(try place.text("fleet.yaml").contains("    namespaces:\n      search: 0.5\n      shop: 0.1875\n"))
    try place.importAll()
    let workspace = try Workspace(store: place.store, fleet: nil)
    let answer = try workspace.cost(by: "namespace", month: "2026-10")
    // 2 x 744 h x 0.096 = 142.848.
    #expect(answer.total == usd("142.848"))
    #expect(
      answer.rows.map { "\($0.value ?? "-") \($0.cost)" } == ["search 71.424", "idle 44.64", "shop 26.784"])
    #expect(try workspace.cost(by: "type", where: ["namespace=shop"], month: "2026-10").total == usd("26.784"))
  }

  @Test(
    "A database and a cache of one name, or databases of two regions, are each themselves, and one made anew is another run"
  )
  func namesakes() throws {
    let database = { (region: String, created: String) in
      """
      {"DBInstances": [{"DBInstanceIdentifier": "orders", "DBInstanceClass": "db.m5.large", "Engine": "postgres",
      "DBInstanceStatus": "available", "InstanceCreateTime": "\(created)", "AvailabilityZone": "\(region)a",
      "StorageType": "aurora", "DBInstanceArn": "arn:aws:rds:\(region):123456789012:db:orders"}]}
      """
    }
    let cache = """
      {"CacheClusters": [{"CacheClusterId": "orders", "CacheNodeType": "cache.m5.large", "Engine": "redis",
      "CacheClusterStatus": "available", "NumCacheNodes": 1, "CacheClusterCreateTime": "2026-02-01T00:00:00Z",
      "PreferredAvailabilityZone": "us-east-1a"}]}
      """
    let files = [
      "a.json": database("us-east-1", "2026-01-01T00:00:00Z"), "b.json": database("eu-west-1", "2026-01-01T00:00:00Z"),
      "c.json": cache,
    ]
    let place = try AccountPlace(files)
    let names = try place.draft().services.map(\.name)
    #expect(names == ["orders/elasticache", "orders/rds/eu-west-1", "orders/rds/us-east-1"])
    #expect(try place.importAll(prices: false).filter { $0.hasSuffix("1 run added") }.count == 3)
    // The account of the cache is not known, that of the databases is the same.
    let turned = try AccountPlace(["1": files["c.json"] ?? "", "2": files["b.json"] ?? "", "3": files["a.json"] ?? ""])
    #expect(try turned.draft().services.map(\.name) == names)
    let alone = try AccountPlace(["a.json": database("us-east-1", "2026-01-01T00:00:00Z")])
    try alone.importAll(prices: false)
    try alone.write("a.json", database("us-east-1", "2026-10-05T00:00:00Z"))
    #expect(try alone.importAll(prices: false).contains { $0.hasSuffix(": 1 run added, 1 updated") })
  }

  @Test("The limits of a group are those of its service, and of no service that has machines beside it")
  func limits() throws {
    let groups = group(most: 4).replacing("\"Instances\": []", with: "\"Instances\": [{\"InstanceId\": \"i-1\"}]")
    let files = ["a.json": machines("i-1", team: "shop"), "b.json": machines("i-2", team: "shop"), "g.json": groups]
    #expect(try AccountPlace(files).draft().services.map { [$0.minimum, $0.maximum] } == [[nil, nil], [1, 4]])
    #expect(
      try AccountPlace(files).draft(groupedBy: "team").services.map { [$0.minimum, $0.maximum] } == [[nil, nil]])
  }

  @Test("Folders within a folder and links to folders are told, a line each kind, by init and by the import")
  func foldersPassedOver() throws {
    let place = try AccountPlace(["a.json": machines("i-1")])
    let files = FileManager.default
    for name in ["old", "older", "oldest", "utilisation/raw", ".git"] {
      try files.createDirectory(
        at: URL(filePath: place.dump).appending(path: name), withIntermediateDirectories: true)
    }
    let link = URL(filePath: place.dump).appending(path: "link")
    try files.createSymbolicLink(at: link, withDestinationURL: files.temporaryDirectory)
    let lines = [
      "4 folders are not looked into: old, older, oldest and 1 more", "1 link to a folder is not followed: link",
    ]
    #expect(try place.draft().skipped.map(\.reason) == lines)
    let told = try place.importAll(prices: false)
    #expect(told.filter { $0.contains("folder") } == lines.map { "\(place.dump): \($0)" })
  }

  @Test(
    "A scheduled action that never comes is left to its owner with the reason, and so is what no group is listed of")
  func never() throws {
    let action = { (name: String, recurrence: String, group: String) in
      """
      {"AutoScalingGroupName": "\(group)", "ScheduledActionName": "\(name)", "Recurrence": "\(recurrence)", "MinSize": 1,
      "MaxSize": 3, "DesiredCapacity": 2}
      """
    }
    let actions = [
      action("feb", "0 0 30 2 *", "web"), action("night", "0 1 * * *", "web"), action("day", "0 8 * * *", "jobs"),
      action("odd", "at noon", "web"),
    ]
    let place = try AccountPlace([
      "g.json": group(most: 4), "s.json": "{\"ScheduledUpdateGroupActions\": [\(actions.joined(separator: ","))]}",
    ])
    let unknowns = try place.draft().unknowns.map(\.what)
    #expect(
      unknowns.filter { $0.contains("action") } == [
        "scheduled action feb of web: its recurrence 0 0 30 2 * never comes",
        "scheduled action odd of web: its recurrence at noon is none of five cron fields",
        "group jobs, of which files have 1 policy or action",
      ])
    let text = try place.text("fleet.yaml")
    #expect(text.contains("night") && !text.contains("feb") && !text.contains("day"))
  }

  @Test("Of hundreds of services that go or change each is read once")
  func manyChanges() throws {
    // 1,000 items: reading the file once for each took more than a minute.
    func file(_ names: Range<Int>, _ most: Int) -> String {
      "name: x\nservices:\n" + names.map { "  - name: s\($0)\n    maximum: \(most)\n" }.joined() + "region: us-east-1\n"
    }
    let merge = FleetFileMerge(file(0..<1_000, 3), base: file(0..<1_000, 3), draft: file(500..<1_000, 4))
    #expect(merge.text == file(500..<1_000, 4))
    #expect(
      merge.differences.count { $0.kind == .gone } == 500 && merge.differences.count { $0.kind == .changed } == 500)
    let none = FleetFileMerge(file(0..<2, 3), base: file(0..<2, 3), draft: "name: x\nregion: us-east-1\n")
    #expect(none.text == "name: x\nregion: us-east-1\n")
  }

  private func machines(
    _ id: String, name: String = "one", team: String = "", started: String = "2026-09-01T08:00:00Z"
  ) -> String {
    """
    {"Reservations": [{"OwnerId": "123456789012", "Instances": [{"InstanceId": "\(id)", "InstanceType": "m5.large",
    "LaunchTime": "\(started)", "Placement": {"AvailabilityZone": "us-east-1a"}, "State": {"Name": "running"},
    "Tags": [{"Key": "Name", "Value": "\(name)"}, {"Key": "team", "Value": "\(team)"}]}]}]}
    """
  }

  private func group(_ name: String = "web", most: Int) -> String {
    """
    {"AutoScalingGroups": [{"AutoScalingGroupName": "\(name)", "MinSize": 1, "MaxSize": \(most), "DesiredCapacity": 2,
    "Instances": []}]}
    """
  }
}
