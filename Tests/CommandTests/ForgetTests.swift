import Foundation
import Testing

/// `plimsoll forget`, `import inventory --replace`, and what is said of names that match nothing.
@Suite struct ForgetTests {
  private let place: Workplace
  private let head = "service,resource,type,zone,lifecycle,started,stopped\n"

  init() throws { place = try Workplace() }

  private func importing(_ kind: String, _ arguments: String...) throws -> Run {
    try place.run(["import", "--store", place.store, kind] + arguments)
  }

  private func lines(_ run: Run) throws -> [String] {
    try #require(run.status == 0 && run.errors == "", "\(run.arguments): \(run.errors)")
    return run.output.split(separator: "\n").map(String.init)
  }

  /// A fleet with one service, `web`.
  private func importFleet() throws {
    try place.file(
      "fleet.yaml",
      """
      name: shop
      title: Shop
      region: us-east-1
      timezone: UTC
      services: [{ name: web, initial_type: m5.large, instance_types: [m5.large] }]
      user_types: [{ name: casual }]

      """)
    _ = try lines(try importing("fleet", "fleet.yaml"))
  }

  @Test("An inventory with a service that the fleet lacks says so with the nearest, and is taken back by its name")
  func mistaken() throws {
    try importFleet()
    try place.file("mistaken.csv", head + "webb,i-1,m5.large,a,on-demand,2026-10-01,\n")
    #expect(
      try lines(try importing("inventory", "mistaken.csv")) == [
        "mistaken.csv: 1 row added",
        "  the fleet file has no service \"webb\": it is taken from this file; did you mean \"web\"? "
          + "(plimsoll forget mistaken.csv takes this file back)",
      ])
    let wrong = try place.run(["forget", "--store", place.store, "mistakn.csv"])
    #expect(wrong.status == 66)
    #expect(
      wrong.firstError
        == "plimsoll: store.sqlite: found no import of \"mistakn.csv\", expected the name of a file as it was imported: "
        + "fleet.yaml, mistaken.csv; did you mean \"mistaken.csv\"?")
    #expect(
      try lines(try place.run(["forget", "--store", place.store, "mistaken.csv"]))
        == ["mistaken.csv: 1 row of inventory removed"])
    #expect(try place.status().contains("mistaken.csv") == false)
  }

  @Test("The right inventory takes the place of a mistaken one, by its instances and by --replace")
  func replaced() throws {
    try importFleet()
    try place.file(
      "a.csv",
      head + "webb,i-1,m5.large,a,on-demand,2026-10-01,\nweb,i-2,m5.large,a,on-demand,2026-10-01,\n")
    try place.file("b.csv", head + "web,i-1,m5.large,a,on-demand,2026-10-01,\n")
    #expect(try lines(try importing("inventory", "a.csv")).count == 2)
    #expect(
      try lines(try importing("inventory", "b.csv", "--replace")) == [
        "b.csv: 1 row added", "  removed: 1 row that the file does not have: web/i-2",
        "  1 row of webb is web's from now on: i-1",
      ])
    let wrong = try importing("prices", "b.csv", "--replace")
    #expect(wrong.status == 64 && wrong.errors.contains("--replace is for inventory, not for prices."))
  }

  @Test("A name that runs for two services at a time is remarked on where it is its owner's to give")
  func shared() throws {
    try place.file(
      "nodes.csv", head + "web,node,m5.large,a,on-demand,2026-10-01,\napi,node,m5.large,a,on-demand,2026-10-01,\n")
    #expect(
      try lines(try importing("inventory", "nodes.csv")).last
        == "  node runs for api and web at the same time: billed for each")
    #expect(try place.status().contains("\"api, web\",instances that run for several services at a time,1,node"))
  }

  @Test("The status names what matches nothing: resources, instances, user types, services")
  func unmatched() throws {
    try importFleet()
    try place.file("i.csv", head + "web,i-1,m5.large,a,on-demand,2026-10-01,\n")
    _ = try lines(try importing("inventory", "i.csv"))
    try place.file(
      "u.csv",
      """
      timestamp,service,resource,metric,value
      2026-10-01T00:00:00Z,web,10.0.0.5:9100,cpu_percent,42
      2026-10-01T00:00:00Z,Web,i-1,cpu_percent,42
      2026-10-01T00:00:00Z,users,casul,concurrent_users,42

      """)
    try place.imported("u.csv")
    let status = try place.status()
    #expect(
      status.contains(
        """
        service,found,count,names
        web,samples of resources that the inventory does not have,1,10.0.0.5:9100
        web,instances without samples,1,i-1
        users,users of types that the fleet file does not have,1,casul
        Web,"samples of a service that neither fleet file nor inventory has; did you mean ""web""?",1,i-1

        """), "\(status)")
    // What matches is no row.
    try place.file("right.csv", twoSamples)
    _ = try place.run(["forget", "--store", place.store, "u.csv"])
    try place.imported("right.csv")
    #expect(try place.status().contains("service,found,count,names") == false)
  }

  @Test("A file of samples is taken back, and what the next brought to the same days stays")
  func samples() throws {
    try place.file("first.csv", twoSamples)
    try place.file("next.csv", twoSamples + "2026-10-01T00:10:00Z,web,i-1,cpu_percent,44\n")
    try place.imported("first.csv")
    try place.imported("next.csv")
    #expect(
      try lines(try place.run(["forget", "--store", place.store, "first.csv"])) == [
        "first.csv: 2 samples of utilisation removed",
        "  what later files have in common with it is gone too: import those again",
      ])
    #expect(try place.content() == ["web/i-1 cpu_percent: 1 from 2026-10-01T00:10:00Z, p50 44, max 44"])
    #expect(try place.imported("next.csv") == ["next.csv: 2 samples added, 1 was there"])
    #expect(try place.content() == ["web/i-1 cpu_percent: 3 from 2026-10-01T00:00:00Z, p50 43, max 44"])
  }
}
