import Analysis
import Model

/// How complete the data was, and how old the prices are.
func dataBlocks(_ review: Review) -> [ReportBlock] {
  let clock = review.study.context.clock
  let table = ReportTable(
    "coverage",
    columns: [
      "Service|service", ">CPU|cpu_coverage", ">Memory|memory_coverage", "Hours without any sample|gaps",
    ],
    rows: review.data.services.map { data in
      let gaps = data.gaps.map { "\(clock.text($0.period.start)) to \(clock.text($0.period.end))" }
      return [
        data.service, data.cpu.percentText, data.memory.seen == 0 ? "not measured" : data.memory.percentText,
        gaps.isEmpty ? "none" : gaps.joined(separator: "; "),
      ]
    })
  let notes = review.current.bill.incomplete + priceNotes(review)
  return [
    .paragraph(
      "A gap is never read as zero: it lowers coverage, and below \(review.study.fleet.review.requiredCoveragePercent) % an adviser refuses."
    ),
    .table(table), .list(notes.isEmpty ? ["Every price used is recent and published."] : notes),
  ]
}

/// Instances that are billed and do not report: the first thing to look at.
func silentNotes(_ review: Review) -> [String] {
  let clock = review.study.context.clock
  return review.data.silent.map { silent in
    let kind = review.study.context.engine.kind(silent.run)
    let price = try? review.study.inputs.catalogue.onDemand(kind, at: review.study.period.start)
    let cost = price.flatMap { silentCost(silent, $0, review) } ?? ""
    return
      "Check that \(silent.run.service)/\(silent.run.resource) (\(silent.run.type)) still exists: it runs by the inventory "
      + "but is silent since \(clock.text(silent.since)), \(durationText(silent.silentSeconds)) billed without a sample\(cost)."
  }
}

/// `, 25.65 USD at on-demand`: what the silent time costs as the bill has it.
private func silentCost(_ silent: SilentInstance, _ price: OnDemandPrice, _ review: Review) -> String? {
  let currency = review.current.bill.currency
  let service = priceService(ofType: price.kind.type, engine: price.kind.engine)
  let dollars = price.hourly.perHour(seconds: silent.silentSeconds)
  let cost = try? review.study.context.engine.billed(dollars, service, in: currency)
  let derived = price.provenance.quality == .derived ? ", derived" : ""
  return cost.map { ", \(Cents($0).grouped) \(currency.code) at on-demand\(derived)" }
}

/// Prices older than permitted, and derived ones, of the bill before and after each step and with more users.
private func priceNotes(_ review: Review) -> [String] {
  let bills = [review.current.bill] + review.steps.map(\.bill)
  let doubts = review.study.doubts(of: bills.flatMap(\.prices) + review.marginalCosts.prices)
  return doubts.stale.map { "older than \(doubts.days) days: \($0)" }
    + doubts.derived.map { "derived, not published: \($0)" }
}

/// What closes a report whose prices are old or derived; nothing when none is.
func doubtBlocks(_ doubts: PriceDoubts) -> [ReportBlock] {
  var blocks: [ReportBlock] = []
  if !doubts.stale.isEmpty {
    blocks += [.heading(level: 2, "Prices older than \(doubts.days) days"), .list(doubts.stale)]
  }
  if !doubts.derived.isEmpty {
    blocks += [.heading(level: 2, "Prices derived, not published"), .list(doubts.derived)]
  }
  return blocks
}
