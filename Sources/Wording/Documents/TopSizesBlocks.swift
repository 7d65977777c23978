import Analytics
import Model

/// What of many sizes has most to spare.
func spareTable(_ top: TopSizes) -> ReportTable {
  ReportTable(
    "spare",
    columns: [
      .text("subject", "Most to spare"), .text("type", "Type"),
      ReportColumn("cpu_need", "CPU needed", .share), ReportColumn("memory_need", "Memory needed", .share),
      ReportColumn("spare", "To spare", .share),
    ],
    rows: top.spare.map { one in
      [
        .text(one.subject), .text(one.type), .known(one.cpuNeed, or: "not measured well enough") { .share($0) },
        .known(one.memoryNeed, or: "not measured well enough") { .share($0) }, .share(one.spare),
      ]
    })
}
