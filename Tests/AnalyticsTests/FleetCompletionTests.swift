import Analytics
import Ingest
import Model
import TestSupport
import Testing

@Suite("What the inventory tells of a fleet")
struct FleetCompletionTests {
  @Test("Each name of the inventory is a service, with the type and the engine that run there")
  func services() {
    let fleet = completed([
      run("a", of: "web", "m5.large", october), run("n", of: "sessions", "cache.m5.large", october),
    ])
    #expect(fleet.services.map(\.name) == ["sessions", "web"])
    #expect(fleet.services.map(\.engine) == ["redis", "linux"])
    #expect(fleet.services.map(\.initialType) == ["cache.m5.large", "m5.large"])
    #expect(fleet.services.map(\.approach) == [.cluster, .single])
  }

  @Test("What ran at another time makes no service")
  func otherTimes() {
    let august = period("2026-08-01", "2026-09-01")
    #expect(completed([run("a", of: "web", "m5.large", august)]).services.isEmpty)
  }

  @Test("Instances that take each other's place are a group, those that stay are judged one by one")
  func approach() {
    let (first, second) = (period("2026-10-01", "2026-10-15"), period("2026-10-15", "2026-11-01"))
    let replaced = [run("a", of: "web", "m5.large", first), run("b", of: "web", "m5.large", second)]
    let resized = [run("a", of: "web", "m5.large", first), run("a", of: "web", "m5.xlarge", second)]
    let spot = [run("a", of: "web", "m5.large", october, .spot)]
    #expect([replaced, resized, spot].map { completed($0).services[0].approach } == [.group, .single, .group])
  }

  @Test("What the fleet file lets come and go is a group, and what it says itself stands")
  func stated() throws {
    let text = """
      name: x
      services:
        - {name: web, maximum: 8}
        - {name: api, scaling: {scale_out: [{metric: cpu_percent, when: "> 70% for 5min"}]}}
        - {name: jobs, interruptible: true}
        - {name: db, database: {replicas: 1}}
        - {name: pet, minimum: 1, maximum: 1}
        - {name: own, approach: horizontal, maximum: 1}
      """
    let fleet = try readFleet(text: text, file: "fleet.yaml")
    let services = FleetCompletion(fleet, by: [], in: october).fleet.services
    #expect(services.map(\.approach) == [.group, .group, .group, .cluster, .single, .group])
  }

  @Test("The order of the inventory changes nothing", arguments: 0..<10)
  func permuted(seed: Int) {
    var random = SplitMix64(seed: seed)
    let runs = (0..<6).map { run("r\($0)", of: "s\($0 % 3)", ["m5.large", "c5.large"][$0 % 2], october) }
    let (one, other) = (completed(runs), completed(runs.shuffled(using: &random)))
    #expect(one.services.map(\.name) == other.services.map(\.name))
    #expect(one.services.map(\.initialType) == other.services.map(\.initialType))
  }

  private func completed(_ runs: [InstanceRun]) -> Fleet {
    var fleet = Fleet()
    fleet.name = "x"
    return FleetCompletion(fleet, by: runs, in: october).fleet
  }
}

@Suite("The fleet as understood")
struct FleetAnswerTests {
  @Test("Each key says who says so: the file, its defaults, the inventory, or nobody")
  func origins() throws {
    let own = try OwnFleetStore(users: [])
    let text = "name: x\ndefaults: {maximum: 3}\nservices: [web, {name: database, minimum: 1}]\n"
    _ = try own.importer.importFleet(try own.write("least.yaml", text))
    let answer = try Workspace(store: own.store).fleetAsUnderstood(month: "2026-10")
    func origin(_ key: String) -> FleetAnswer.Origin? { answer.entries.first { $0.key == key }?.origin }
    func value(_ key: String) -> String? { answer.entries.first { $0.key == key }?.value }
    #expect(origin("name") == .file)
    #expect(origin("timezone") == .builtIn)
    #expect(origin("services.web.maximum") == .shared)
    #expect(origin("services.database.minimum") == .file)
    #expect(origin("services.web.initial_type") == .inventory)
    #expect(value("services.web.initial_type") == "m5.xlarge")
    #expect(value("review.percentile") == "99.5")
    // Keys that nobody set are there too, with what holds without them.
    #expect(value("services.web.approach") == ScalingApproach.group.rawValue)
    #expect(origin("services.web.approach") == .inventory)
    #expect(value("services.web.outlook") == "the fleet's" && origin("services.web.outlook") == .builtIn)
    #expect(value("review.lookback_days") == "that month" && value("purchase.plan") == "expected")
    let keys = answer.entries.map(\.key)
    #expect(Fleet.keys.map(\.name).allSatisfy { name in name == "defaults" || keys.contains { $0.hasPrefix(name) } })
    #expect(Service.keys.allSatisfy { key in keys.contains { $0.hasPrefix("services.web.\(key.name)") } })
  }

  @Test("An id of a service whose instances are judged one by one leads to theirs")
  func idsOfInstances() throws {
    let own = try OwnFleetStore(users: [])
    _ = try own.importer.importFleet(try own.write("least.yaml", "name: x\n"))
    let error = #expect(throws: DataError.self) { try own.workspace().why("rightsize-web", month: "2026-10") }
    #expect(
      error?.expected.description
        == "one of rightsize-web/i-01, rightsize-web/i-02: each instance is judged by itself")
  }

  @Test("A key is explained by its name or its path, and a misspelt one finds its neighbour")
  func explained() throws {
    #expect(try FleetKeyAnswer.explaining("review.percentile").map(\.part) == ["Review rules"])
    #expect(try FleetKeyAnswer.explaining("engine").isEmpty == false)
    // As a fleet is printed.
    for path in ["services.web.engine", "defaults.engine"] {
      #expect(try FleetKeyAnswer.explaining(path).map(\.part) == ["Service"])
    }
    let error = #expect(throws: DataError.self) { try FleetKeyAnswer.explaining("percentlie") }
    #expect(error?.expected.description == "a key of the fleet file; did you mean \"percentile\"?")
  }
}
