import Model

/// Letters for the sources of a report, in the order they are met.
struct PriceSources {
  private var sources: [PriceSource] = []

  /// `A`, `B`, ... `Z`, `AA`.
  mutating func key(of source: PriceSource) -> String {
    if let index = sources.firstIndex(of: source) { return Self.letters(index) }
    sources.append(source)
    return Self.letters(sources.count - 1)
  }

  /// Each source with its file, origin, dates and the hash of its content.
  var section: ReportSection {
    let table = ReportTable(
      "sources",
      columns: [
        .text("source", "Source"), .text("file", "File"), .text("origin", "Origin"),
        ReportColumn("published", "Published", .date), ReportColumn("retrieved", "Retrieved", .date),
        .text("xxh64", "XXH64"),
      ],
      rows: sources.enumerated().map { index, source in
        [
          .text(Self.letters(index)), .text(source.file), .text(source.origin),
          source.published.map { .date($0.utcDate) } ?? .empty, .date(source.retrieved.utcDate),
          source.contentHash.map { .text(hexadecimal($0)) } ?? .empty,
        ]
      })
    return ReportSection("sources", title: "Sources", blocks: [.table(table)])
  }

  private static func letters(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + index % 26)))
    return index < 26 ? last : letters(index / 26 - 1) + last
  }
}

extension Instant {
  /// The day in UTC, on which dates of prices are.
  var utcDate: CivilDate { CivilDate(day: day) }
}

/// Sixteen digits.
private func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
