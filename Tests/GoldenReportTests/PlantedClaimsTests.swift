import Advice
import Analytics
import Model
import Testing

/// What the dataset's README says of the strategy's claims, as `check` tells it from October.
@Suite struct PlantedClaimsTests {
  private static let check = RenderedCase.all.flatMap { cases in
    Result {
      let study = cases.first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" }?.review.study
      return try CheckAnswer(try #require(study), file: "fleet.yaml")
    }
  }

  private func claims(_ service: String) throws -> [ClaimVerdict] {
    try Self.check.get().check.claims.filter { $0.service == service }
  }

  private func found(_ rule: String, _ service: String) throws -> [CheckFinding] {
    try Self.check.get().check.findings.filter { $0.rule == rule && $0.service == service }
  }

  @Test("3: the 1 MB a connection is refuted by 5.7 to 5.8, and a user's one connection held at 1.08")
  func connectionMemory() throws {
    let claims = try claims("websocket")
    let memory = try #require(claims.first { $0.claim == "1 MB a user" })
    // 5.7 MB a connection, of which a user has 1.08: 6.2.
    #expect(memory.status == .refuted && abs((memory.measured ?? 0) - 6.2) < 0.1)
    #expect(memory.basis.hasSuffix("; 5.81 MB a connection"))
    let connections = try #require(claims.first { $0.claim == "1 connections a user" })
    #expect(connections.status == .held && abs((connections.measured ?? 0) - 1.08) < 0.01)
  }

  @Test("4: memory is full long before 1,500 connections; that trigger never acts")
  func connectionTrigger() throws {
    // 18 % and 0.139 % a connection: full at 590.
    let full = try found("trigger-behind-limit", "websocket")
    #expect(full.contains { $0.level == .error && $0.statement.hasPrefix("memory is full at 601 connections") })
    let never = try found("trigger-never-acts", "websocket")
    #expect(
      never.contains { $0.statement.hasSuffix("by connections > 1,500") && $0.arithmetic.contains("of what ran 554") })
  }

  @Test("6: the strategy's schedule is upside down")
  func schedule() throws {
    let schedule = try #require(try found("schedule-against-load", "websocket").first)
    #expect(schedule.level == .error && schedule.statement.contains("in the hour from 20:00"))
  }

  @Test("7 and 10: frontend's scale-in by memory never acts; api's pools are full before its trigger")
  func otherTriggers() throws {
    #expect(try found("trigger-never-acts", "frontend").contains { $0.statement.hasSuffix("memory_percent < 50") })
    #expect(try found("trigger-behind-limit", "api").contains { $0.statement.hasPrefix("pool_connections is full at") })
  }

  @Test("1 and 12: m5.xlarge and cache.m5.xlarge are what 1,000 users need")
  func types() throws {
    #expect(try claims("database").first { $0.claim == "m5.xlarge at 1,000 users" }?.status == .held)
    #expect(try claims("cache").first { $0.claim == "cache.m5.xlarge at 1,000 users" }?.status == .held)
  }

  @Test("15: fewer workers are kept reserved than ever ran")
  func baseline() throws {
    #expect(
      try found("baseline-against-minimum", "worker").map(\.statement) == [
        "2 are kept reserved, where never fewer than 3 ran"
      ])
  }

  @Test("Per user: 0.35 requests a second refute 2, 0.2 jobs a minute are held")
  func perUser() throws {
    let requests = try #require(try claims("api").first { $0.claim == "2 requests_per_second a user" })
    #expect(requests.status == .refuted && abs((requests.measured ?? 0) - 0.35) < 0.01)
    #expect(try claims("worker").first { $0.claim == "0.2 jobs_per_minute a user" }?.status == .held)
  }

  private static func study() throws -> Study {
    let cases = try RenderedCase.all.get()
    return try #require(cases.first { $0.folder.lastPathComponent == "sketchy-chain-2026-10" }).review.study
  }

  @Test("Renaming every service changes no finding and no verdict on a claim")
  func renamed() throws {
    let study = try Self.study()
    let names = study.fleet.services.map(\.name) + ["edge"]
    let new = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, "svc\(97 - $0 * 13)x") })
    let (before, after) = (
      try Self.check.get().check, try CheckAnswer(study.renamed(new), file: "fleet.yaml").check
    )
    func plain(_ text: String) -> String { new.reduce(text) { $0.replacing($1.value, with: $1.key) } }
    #expect(after.findings.map { plain("\($0)") } == before.findings.map { "\($0)" })
    #expect(after.claims.map { plain("\($0)") } == before.claims.map { "\($0)" })
  }

  @Test("Check and capacity say the same of a claim, tokens and capacity the same of a limit")
  func oneStatement() throws {
    let study = try Self.study()
    let capacity = try CapacityAnswer(study, CapacityQuestion(users: [1_000]))
    let claims = try Self.check.get().check.claims
    var compared = 0
    for row in capacity.comparisons.flatMap({ table in table.rows.map { (users: table.users, row: $0) } }) {
      let claim = claims.first {
        $0.service == row.row.service && $0.claim.hasSuffix(" at \(grouped(row.users)) users") && $0.measuredText != ""
      }
      guard let claim else { continue }
      compared += 1
      switch row.row.verdict {
      case .agrees: #expect(claim.status == .held, "\(claim)")
      case .tooLittle, .withoutReserve, .needs: #expect(claim.status == .refuted, "\(claim)")
      case .dearer, .different, .wordsOnly, .unknown: break
      }
    }
    // Frontend, websocket, api, worker, database and cache, each at 500 and at 1,000 users.
    #expect(compared == 12)
    let tokens = try TokensAnswer(study, from: try study.outcome(Scenario()))
    #expect(capacity.limits.map(\.users) == tokens.review.rateLimits.map { $0.found?.bindsAtUsers })
    // 14,137 calls of 15,000 in the busiest hour: 94.2 % at the month's peak, 2,054 users; 46 % at 1,000.
    #expect(capacity.limits.first.map { abs($0.uses[0] - 14_137.0 / 15_000 * 1_000 / 2_054) < 1e-9 } == true)
  }

  @Test("A million users: database and cache are sharded, what needs more than a thousand instances leaves one region")
  func million() throws {
    let answer = try CapacityAnswer(try Self.study(), CapacityQuestion(users: [500, 5_000, 50_000, 1_000_000]))
    let last = try #require(answer.sizes.last)
    #expect(last.components.filter { ($0.plan?.shards ?? 1) > 1 }.map(\.service) == ["database", "cache"])
    // What stands behind load balancers, and 254 shards of four database nodes: 1,016, 16 more than a region is taken to hold.
    #expect(last.components.filter(\.leavesRegion).map(\.service) == ["frontend", "websocket", "api", "database"])
    #expect(answer.sizes.map(\.total) == answer.sizes.map(\.total).sorted())
    // 0.6 calls for each of 0.2 jobs a minute, of 15,000 an hour: some 2,100 users.
    #expect(answer.limits.first.flatMap(\.users).map { (2_000...2_200).contains($0) } == true)
    // As the README has it: m5.xlarge holds the database, m5.large is short of memory.
    let database = try #require(answer.sizes[0].components.first { $0.service == "database" }?.plan)
    #expect(database.type.name == "m5.xlarge" && database.count == 3)
    // api's memory was not measured: none of its types may have less than the one that runs.
    #expect(last.components.first { $0.service == "api" }?.plan?.type.name == "t3.medium")
  }
}
