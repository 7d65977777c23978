import Model

/// What the owners' tables say a service needs at a number of users: a row of either of them.
struct StatedCapacity {
  var users: Int
  /// Instances or nodes, replicas included; nil where the row names none.
  var count: CountRange?
  var type: String?
  /// Where the count, or else the row, stands.
  var countPath: DocumentPath
  /// Where the type, or else the row, stands.
  var typePath: DocumentPath

  /// `at 1,000 users`.
  var at: String { "at \(grouped(users)) users" }
}

extension CheckFacts {
  /// The rows of both tables that speak of a service, by users; of equal users in the order of the file.
  func stated(of service: Service) -> [StatedCapacity] {
    let claims = fleetRoot.key("claims")
    let consumption = placed(fleet.claims.expectedConsumption, claims.key("expected_consumption"))
      .filter { $0.value.service == service.name }
      .flatMap { path, claim in
        placed(claim.at, path.key("at")).map { path, row in
          StatedCapacity(
            users: row.users, count: row.instances, type: row.type,
            countPath: row.instances == nil ? path : path.key("instances"),
            typePath: row.type == nil ? path : path.key("type"))
        }
      }
    let allocations = placed(fleet.claims.allocations, claims.key("allocations")).flatMap { path, table in
      placed(table.rows, path.key("rows")).filter { $0.value.service == service.name }.map { path, row in
        StatedCapacity(
          users: table.users, count: row.count?.adding(row.replicas), type: row.type,
          countPath: row.count == nil ? path : path.key("count"), typePath: row.type == nil ? path : path.key("type"))
      }
    }
    let all = (consumption + allocations).enumerated()
    return all.sorted { ($0.element.users, $0.offset) < ($1.element.users, $1.offset) }.map(\.element)
  }

  /// What the document says of each user of a service, with its place.
  func perUser(_ service: Service) -> [(path: DocumentPath, value: ConsumptionClaim)] {
    placed(fleet.claims.expectedConsumption, fleetRoot.key("claims").key("expected_consumption"))
      .filter { $0.value.service == service.name }
  }
}
