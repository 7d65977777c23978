import Model

/// When data are to be divided against how much one set of instances holds.
struct ShardingTooLate: CheckRule {
  let id = "sharding-too-late"
  let about = "Data are to be divided among shards only when the storage is at its critical threshold, or full."
  let examples: CheckExamples? = CheckExamples(
    contradictory: """
      name: shop
      services:
        - name: data
          limits: [{ metric: storage_gib, value: 100 }]
          thresholds: [{ metric: storage_percent, warning: "> 70%", scaling: "> 80%", critical: "> 90%" }]
          database: { sharding_dataset_gib: 100, sharding_at_percent: 95 }
      """,
    consistent: """
      name: shop
      services:
        - name: data
          limits: [{ metric: storage_gib, value: 100 }]
          thresholds: [{ metric: storage_percent, warning: "> 70%", scaling: "> 80%", critical: "> 90%" }]
          database: { sharding_dataset_gib: 100, sharding_at_percent: 80 }
      """)

  func findings(_ facts: CheckFacts) throws(DataError) -> [CheckFinding] {
    try facts.eachService { path, service in
      guard let database = service.database, database.shardingDatasetGib > 0,
        let storage = placed(service.limits, path.key("limits")).first(where: { $0.value.metric == .storageGiB }),
        !storage.value.perInstance, storage.value.perGib != true
      else { return [] }
      let critical = service.thresholds.first { $0.metric == .storagePercent }?.critical.limit(for: .storagePercent)
      let line = Double(database.shardingDatasetGib) * Double(database.shardingAtPercent) / 100
      let full = Double(storage.value.value) * (critical ?? 100) / 100
      guard line >= full else { return [] }
      return [
        CheckFinding(
          self, .error, service.name,
          "data are divided from \(figureText(line)) GiB on, where \(figureText(full)) GiB are "
            + (critical == nil ? "all there is" : "critical"),
          "\(database.shardingDatasetGib) x \(database.shardingAtPercent) % = \(figureText(line)) against "
            + "\(storage.value.value) x \(figureText(critical ?? 100)) % = \(figureText(full))",
          [
            CheckedPlace(path.key("database").key("sharding_at_percent"), "\(database.shardingAtPercent) %"),
            CheckedPlace(storage.path.key("value"), "\(storage.value.value) GiB"),
          ], weight: line / max(full, 1e-9))
      ]
    }
  }
}
