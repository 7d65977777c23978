import Analysis
import Model

/// What is idle of each service by its fuller resource, and by each resource at its part of the price; nil where nothing of it is
/// known.
func costIdleSection(_ printed: PrintedAllocation) -> ReportSection? {
  let known = printed.allocation.services.compactMap { cost -> (ServiceCost, ResourceShares, Money)? in
    guard case .measured(let used) = cost.basis, let resources = used.byResource, let idle = cost.idleByResource else {
      return nil
    }
    return (cost, resources, idle)
  }
  guard !known.isEmpty else { return nil }
  let currency = printed.currency
  let table = ReportTable(
    "idle",
    columns: [
      .text("service", "Service"), ReportColumn("cpu", "CPU used", .share),
      ReportColumn("memory", "Memory used", .share),
      ReportColumn("cpu_of_price", "CPU of the price", .share), currency.column("idle", "Idle"),
      currency.column("idle_by_resource", "Idle by resource"),
    ],
    rows: known.map { cost, resources, idle in
      [
        .text(cost.service), .share(resources.cpu), .share(resources.memory), .share(resources.cpuOfPrice),
        .money(cost.idle), .money(idle),
      ]
    })
  return ReportSection(
    "idle", title: "Idle by resource",
    blocks: [
      .table(table),
      .paragraph(
        "Idle is what the fuller of CPU and memory leaves; by resource each leaves its part of the price, as OpenCost adds it up. "
          + "Memory that is reserved for other than data is used."),
    ])
}
