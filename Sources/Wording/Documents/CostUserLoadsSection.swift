import Analysis
import Model

/// What one user of each type was measured to cause, beside what the fleet file says; nil where nothing of it is measured.
func costUserLoadsSection(_ types: [UserType], _ loads: [UserLoad]) -> ReportSection? {
  guard !loads.isEmpty else { return nil }
  let table = ReportTable(
    "user_loads",
    columns: [
      .text("driver", "What"), .text("measured_of", "Measured of"), .text("user_type", "User type"),
      ReportColumn("of_one_user", "Of one user", .number(unit: nil)),
      ReportColumn("lower", "At least", .number(unit: nil)), ReportColumn("upper", "At most", .number(unit: nil)),
      ReportColumn("fleet_file", "Fleet file", .number(unit: nil)), ReportColumn("explained", "Explained", .share),
      .text("counts", "What counts"),
    ],
    rows: loads.flatMap { load in types.indices.map { row(load, $0, types[$0]) } })
  return ReportSection(
    "user-loads", title: "What a user causes",
    blocks: [
      .table(table),
      .paragraph(
        "Regressed on how many users of each type there were: connections at any time, all else an hour, with intervals "
          + "that are to hold \(UserLoad.level) %. Users must explain \(UserLoad.leastExplainedPercent) % of a load over "
          + "\(UserLoad.leastDays) days for it to count in place of the fleet file's figure."),
    ])
}

private func row(_ load: UserLoad, _ index: Int, _ type: UserType) -> [ReportCell] {
  let decimals = figureDecimals(load)
  func figure(_ value: Double?) -> ReportCell { value.map { .measured($0, decimals: decimals) } ?? .empty }
  let weight = load.weights.indices.contains(index) ? load.weights[index] : nil
  let measured: [ReportCell] = [figure(weight?.value), figure(weight?.lower), figure(weight?.upper)]
  let source = ReportCell.text("\(load.service) \(load.metric.rawValue)")
  let explained: ReportCell = weight == nil ? .empty : .share(load.explained)
  let counts = ReportCell.text(load.doubt.map(doubtWords) ?? "what was measured")
  return [.text(load.driver.fileText), source, .text(type.name)] + measured + [
    figure(load.ofFile[index]), explained, counts,
  ]
}

/// Three digits of the largest figure at least, two decimals at least.
private func figureDecimals(_ load: UserLoad) -> Int {
  let most = (load.weights.map(\.value) + [0]).max() ?? 0
  return (2...6).first { most * powersOfTen[$0] >= 100 } ?? 6
}

private let powersOfTen = [1.0, 10, 100, 1000, 10_000, 100_000, 1_000_000]

private func doubtWords(_ doubt: UserLoad.Doubt) -> String {
  switch doubt {
  case .fewDays(let days): "the fleet file: \(counted(days, "day")) measured"
  case .unexplained: "the fleet file: users explain too little"
  case .alike: "the fleet file: types come and go together"
  }
}
