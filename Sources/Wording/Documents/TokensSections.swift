import Advice
import Analysis
import Analytics
import Model

/// How many models are listed where none are named.
private let modelsListed = 10

/// The load of a model on others of the price book.
func marketSection(_ model: TokenReview.Model, _ index: Int, _ answer: TokensAnswer) -> ReportSection {
  let own = model.market.offers.first { $0.model == model.use.model }
  let others = model.market.offers.filter { $0.model != model.use.model }
  let named = answer.compared.compactMap { name in others.first { $0.model == name } }
  let shown = (own.map { [$0] } ?? []) + (answer.compared.isEmpty ? Array(others.prefix(modelsListed)) : named)
  // A date that is given is a day of UTC; the month's last moment is one of the fleet's clock.
  let isMidnight = answer.asOf.seconds % 86_400 == 0
  let day = isMidnight ? CivilDate(day: answer.asOf.day) : answer.scope.clock.date(at: answer.asOf)
  var words = ["At list prices of \(day), in USD, whatever the answers are worth."]
  let left = others.count - (shown.count - (own == nil ? 0 : 1))
  if answer.compared.isEmpty, left > 0 {
    words.append("\(grouped(left)) more models of the price book have all prices.")
  }
  for name in answer.compared where !named.contains(where: { $0.model == name }) && name != model.use.model {
    words.append(lacking(name, model, day))
  }
  return ReportSection(
    "models-\(index + 1)", title: "The tokens of \(model.use.model) on other models",
    blocks: [.paragraph(words.joined(separator: " "))]
      + (shown.isEmpty ? [] : [.table(marketTable(shown, own, "models_\(index + 1)"))]))
}

/// Why a model that was named has no row.
private func lacking(_ name: String, _ model: TokenReview.Model, _ day: CivilDate) -> String {
  guard let unpriced = model.market.unpriced.first(where: { $0.model == name }) else {
    return "\(name) has no price of these tokens in force on \(day)."
  }
  return "\(name) has no price of \(unpriced.lacking.map(\.rawValue).joined(separator: ", ")) on \(day)."
}

private func marketTable(_ offers: [ModelOffer], _ own: ModelOffer?, _ name: String) -> ReportTable {
  func money(_ amount: Money?) -> ReportCell { amount.map { .money($0) } ?? .empty }
  let columns: [(ReportColumn, (ModelOffer) -> ReportCell)?] = [
    (.text("model", "Model"), { .text($0.model) }),
    (ReportColumn("cost_usd", "As used", .money(currency: "USD")), { .money($0.cost) }),
    own.map { own in
      (ReportColumn("change", "Change", .share, isSigned: true), { .change($0.cost, from: own.cost) })
    },
    offers.contains { $0.uncached != nil }
      ? (ReportColumn("uncached_usd", "Without cache", .money(currency: "USD")), { money($0.uncached) }) : nil,
    offers.contains { $0.inBatch != nil }
      ? (ReportColumn("batch_usd", "All in batches", .money(currency: "USD")), { money($0.inBatch) }) : nil,
    offers.contains { $0.contextTokens != nil }
      ? (
        ReportColumn("context_tokens", "Longest prompt", .count), { $0.contextTokens.map { .count($0) } ?? .empty }
      ) : nil,
    offers.contains { $0.isTooShort } ? (.text("fits", "Fits"), { .text($0.isTooShort ? "too short" : "") }) : nil,
    offers.contains { $0.dearerBeyond != nil }
      ? (
        ReportColumn("dearer_beyond_tokens", "Dearer beyond, tokens", .count),
        { $0.dearerBeyond.map { .count($0) } ?? .empty }
      ) : nil,
    offers.contains { $0.costBeyond != nil }
      ? (ReportColumn("cost_beyond_usd", "Were all beyond", .money(currency: "USD")), { money($0.costBeyond) }) : nil,
  ]
  let shown = columns.compactMap(\.self)
  return ReportTable(name, columns: shown.map(\.0), rows: offers.map { offer in shown.map { $0.1(offer) } })
}

/// What tokens cost a user and a session of each type; nothing where users were not measured.
func usersOfTokens(_ answer: TokensAnswer) -> [ReportSection] {
  let allocation = answer.allocation
  guard !answer.review.models.isEmpty, !allocation.types.isEmpty else { return [] }
  let currency = answer.currency
  let minutes = Double(answer.scope.period.seconds) / 60
  let table = ReportTable(
    "users",
    columns: [
      .text("user_type", "User type"), ReportColumn("average_users", "Average users", .number(unit: nil)),
      currency.column("cost", "Tokens"), currency.column("cost_per_user", "A user and month", per: "user"),
      ReportColumn("sessions", "Sessions", .count), currency.column("cost_per_session", "A session", per: "session"),
    ],
    rows: allocation.types.map { type in
      let sessions: Int = wholeNumber(
        (type.averageUsers * minutes / Double(max(1, type.type.sessionMinutes))).rounded())
      return [
        .text(type.type.name), .measured(type.averageUsers, decimals: 1), .money(type.total),
        .known(type.perUser(type.total), or: "nobody used it") { .perUser($0) }, .count(sessions),
        sessions > 0
          ? .rate(type.total.charge(for: 1, per: Int128(sessions)), decimals: 6) : .unknown("there was none"),
      ]
    })
  return [
    ReportSection(
      "users", title: "By user",
      blocks: [
        .table(table),
        .paragraph(
          "Sessions are as many as the users' time makes at the length that the fleet file says a session has."),
      ])
  ]
}

/// Tokens that nothing is charged for.
func unchargedSection(_ answer: TokensAnswer) -> [ReportSection] {
  guard !answer.uncharged.isEmpty else { return [] }
  let lines = answer.uncharged.map { key, nearest in
    let near = nearest.isEmpty ? "" : " (nearest: \(nearest.joined(separator: ", ")))"
    let model = key.resource.isEmpty ? "no model is named" : "\"\(key.resource)\" is no model of the price book\(near)"
    return "\(key.service): \(key.metric.rawValue), of which \(model)."
  }
  return [
    ReportSection(
      "uncharged", title: "Tokens that nothing is charged for",
      blocks: [
        .list(lines),
        .paragraph(
          "A charge of the fleet file says what they cost: price tokens/VENDOR/MODEL/KIND, quantity metric and resource."
        ),
      ])
  ]
}

/// Limits of external services, seats, and what is near them.
func limitSections(_ answer: TokensAnswer) -> [ReportSection] {
  let review = answer.review
  var sections: [ReportSection] = []
  if !review.rateLimits.isEmpty {
    sections.append(
      ReportSection("rate-limits", title: "Rate limits", blocks: [.table(rateTable(review.rateLimits, answer.scope))]))
  }
  if !review.callPools.isEmpty {
    sections.append(
      ReportSection("connections", title: "Connections", blocks: [.table(poolTable(review.callPools, answer.scope))]))
  }
  if !review.seats.isEmpty {
    let table = ReportTable(
      "seats",
      columns: [
        .text("charge", "Seats"), ReportColumn("bought", "Bought", .number(unit: nil)),
        ReportColumn("active", "Used", .count), ReportColumn("unused", "Unused", .count),
      ],
      rows: review.seats.map { seats in
        let reason = "active_seats of \(seats.service) is not measured"
        return [
          .text(seats.charge), .decimal(seats.bought), .known(seats.active, or: reason) { .count($0) },
          .known(seats.unused, or: reason) { .count($0) },
        ]
      })
    sections.append(ReportSection("seats", title: "Seats", blocks: [.table(table)]))
  }
  return sections
}

private func rateTable(_ uses: [RateLimitUse], _ scope: MonthScope) -> ReportTable {
  ReportTable(
    "rate_limits",
    columns: [
      .text("limit", "Limit"), ReportColumn("most", "At most", .count), .text("per", "Per"),
      ReportColumn("busiest", "Busiest", .count), ReportColumn("busiest_at", "At", .instant),
      ReportColumn("share", "Of the limit", .share), ReportColumn("bound_windows", "Windows over", .count),
      ReportColumn("longest_queue", "Longest queue", .count),
      ReportColumn("longest_wait_seconds", "Longest wait", .duration),
      ReportColumn("binds_at_users", "Binds at users", .count),
    ],
    rows: uses.map { use in
      let name = [use.limit.service, use.limit.resource, use.limit.metric.rawValue].filter { !$0.isEmpty }
      let head: [ReportCell] = [.text(name.joined(separator: " "))]
      guard let found = use.found else {
        return head + [.count(use.limit.most), .text(use.limit.per.rawValue), .unknown("not measured")]
          + [ReportCell](repeating: .empty, count: 6)
      }
      return head + [
        .count(Int(clamping: found.most)), .text(durationText(found.windowSeconds)),
        .count(Int(clamping: found.queue.busiest)), scope.clock.cell(found.busiestAt),
        .share(Double(found.queue.busiest) / Double(max(1, found.most))), .count(found.queue.boundWindows),
        .count(Int(clamping: found.queue.longestQueue)),
        .duration(found.queue.longestWait.multipliedReportingOverflow(by: found.windowSeconds).partialValue),
        .known(found.bindsAtUsers, or: "users are not measured") { .count($0) },
      ]
    })
}

private func poolTable(_ uses: [CallPoolUse], _ scope: MonthScope) -> ReportTable {
  ReportTable(
    "connections",
    columns: [
      .text("pool", "Connections"), ReportColumn("instances", "Instances", .count),
      ReportColumn("connections", "In all", .count), ReportColumn("taken", "Taken", .number(unit: nil)),
      ReportColumn("share", "Share", .share), ReportColumn("busiest_at", "At", .instant),
      ReportColumn("waiting_share", "Calls that wait", .share),
      ReportColumn("mean_wait_ms", "Mean wait", .number(unit: "ms")),
      ReportColumn("bound_share", "Time full", .share), ReportColumn("binds_at_users", "Binds at users", .count),
    ],
    rows: uses.map { use in
      guard let found = use.found else {
        return [.text(use.pool.name), .unknown("calls, their length or instances are not measured")]
          + [ReportCell](repeating: .empty, count: 8)
      }
      let wait = found.busiest.meanWaitSeconds
      return [
        .text(use.pool.name), .count(found.instances), .count(found.busiest.connections),
        .measured(found.busiest.offered, decimals: 2), .share(found.busiest.utilisation),
        scope.clock.cell(found.busiestAt), .share(found.busiest.waitingShare),
        wait.map { .measured($0 * 1000, decimals: 3) } ?? .unknown("calls pile up"),
        .share(Double(found.boundIntervals) / Double(max(1, found.intervals))),
        .known(found.bindsAtUsers, or: "users are not measured") { .count($0) },
      ]
    })
}
