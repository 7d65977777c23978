import Analysis
import Analytics
import Model

/// How complete the data was, and how old the prices are.
struct DataSection: ReviewSection {
  func longTable(in currency: BillCurrency) -> LongTable? {
    LongTable("coverage", .incomplete(["cpu_coverage", "memory_coverage"]), adding: ["gaps", "gap_seconds"])
  }

  func section(_ printed: PrintedReview) -> ReportSection? {
    let review = printed.review
    let notes =
      firstGaps(printed) + firstUnknown(review.current.bill.incomplete) + firstImpossible(review.impossible)
      + unmatched(review.unmatched)
      + doubts(review.doubts)
    return ReportSection(
      "data-and-prices", title: "Data and prices",
      blocks: [
        .paragraph(
          "A gap is never read as zero: it lowers coverage, and below "
            + "\(review.study.fleet.review.requiredCoveragePercent) % an adviser refuses."),
        .table(table(review.data)), .list(notes),
      ])
  }

  /// What nothing looked at, for its name is known in one place alone.
  private func unmatched(_ names: [UnmatchedNames]) -> [String] {
    let lines = names.prefix(ReviewLimit.names).map { one in
      let such = one.names.isEmpty ? "" : ": \(firstOf(one.names, most: ReviewLimit.names))"
      return "\(one.service): \(words(of: one.kind))\(such)."
    }
    guard names.count > lines.count else { return lines }
    return lines + ["\(names.count - lines.count) more: `plimsoll status` lists them."]
  }

  private func table(_ data: DataQuality) -> ReportTable {
    ReportTable(
      "coverage",
      columns: [
        .text("service", "Service"), ReportColumn("cpu_coverage", "CPU", .share),
        ReportColumn("memory_coverage", "Memory", .share), ReportColumn("gaps", "Gaps of 1 h or more", .count),
        ReportColumn("gap_seconds", "Together", .duration),
      ],
      rows: data.services.map { service in
        [
          .text(service.service), .coverage(service.cpu),
          service.memory.seen == 0 ? .unknown("not measured") : .coverage(service.memory),
          .count(service.gaps.count), .duration(service.gaps.reduce(0) { $0 + $1.period.seconds }),
        ]
      })
  }

  func leftOut(_ printed: PrintedReview) -> [ReportBlock] {
    let unknown = printed.review.current.bill.incomplete
    let impossible = printed.review.impossible
    let first = firstGaps(printed) + firstUnknown(unknown) + firstImpossible(impossible)
    let all =
      printed.review.data.silentTimes.map { text($0, $0.services, printed.clock) } + unknown.map(gapText)
      + impossible.map(impossibleText)
    return longRows(printed) + (first == all ? [] : [.list(all)])
  }

  /// Times without any sample, those of most services for longest, and how many others there are.
  private func firstGaps(_ printed: PrintedReview) -> [String] {
    firstOf(
      printed.review.data.silentTimes, weight: \.seconds,
      text: { text($0, [firstOf($0.services, most: ReviewLimit.names)], printed.clock) }
    ) { others in
      "\(grouped(others.count)) other gaps of 1 h or more, added up "
        + "\(durationText(others.reduce(0) { $0 + $1.seconds })): `evidence.md` lists them."
    }
  }

  private func text(_ time: DataQuality.SilentTime, _ services: [String], _ clock: LocalClock) -> String {
    "No sample from \(clock.text(time.period)) of \(services.joined(separator: ", "))."
  }

  private func firstUnknown(_ gaps: [BillGap]) -> [String] {
    firstOf(gaps, weight: { _ in 0 }, text: gapText) {
      "\(grouped($0.count)) other charges and rates are not fully known: `evidence.md` lists them."
    }
  }

  private func firstImpossible(_ samples: [ImpossibleSamples]) -> [String] {
    firstOf(samples, weight: { Int64($0.samples) }, text: impossibleText) { others in
      "\(grouped(others.reduce(0) { $0 + $1.samples })) other samples that cannot be: `evidence.md` lists them."
    }
  }

  /// Old and derived prices, counted; the evidence lists them.
  private func doubts(_ doubts: PriceDoubts) -> [String] {
    guard !doubts.isEmpty else { return ["Every price used is recent and published."] }
    var notes: [String] = []
    if let oldest = doubts.stale.compactMap(\.confirmed).min() {
      notes.append(
        "\(doubts.stale.count) of the prices used are older than \(doubts.days) days, the oldest from \(oldest.date): "
          + "`evidence.md` lists them.")
    }
    if !doubts.derived.isEmpty {
      notes.append("\(doubts.derived.count) of the prices used are derived, not published: `evidence.md` lists them.")
    }
    return notes
  }
}

/// Why a bill is not what it would be if all were known.
func gapText(_ gap: BillGap) -> String {
  switch gap {
  case .unpriced(let missing): "no price of \(missingText(missing)): it is in no sum"
  case .metered(let charge, let coverage):
    "\(charge): metered from \(coverage.description); the gaps are not estimated"
  case .unrated(let plan, let term, let kind, let since):
    "savings plan \(plan): no \(term) rate of \(kind) is known for \(since.date), so it is billed on demand"
  }
}

/// What was measured and cannot be, and what became of it.
func impossibleText(_ one: ImpossibleSamples) -> String {
  let samples = "\(grouped(one.samples)) \(one.metric.rawValue) \(one.samples == 1 ? "sample" : "samples")"
  return "\(samples) of \(one.service) cannot be: left out, or above 100 % taken for 100 %"
}
