import Model

extension Fleet {
  /// The fleet with what its file leaves to the inventory: the region, where the file says none.
  ///
  /// It is the region of the zones that instances ran in; where they are of several, the one of most runs, of equally many
  /// the first by name. A run whose zone names no region tells nothing.
  /// - Throws: ``DataError``, kind `missingInput`, where neither file nor inventory tells a region.
  func completed(from inventory: [InstanceRun], in places: any Places) throws(DataError) -> Fleet {
    guard region.isEmpty else { return self }
    guard let region = regionIfKnown(from: inventory, in: places) else {
      throw DataError(
        Place(file: "fleet file", key: "region"), found: "none, and no zone in the inventory that names one",
        expected: "the region that instances run in, as prices call it, such as us-east-1", kind: .missingInput)
    }
    var fleet = self
    fleet.region = region
    return fleet
  }

  /// The same region; nil where neither file nor inventory tells one.
  func regionIfKnown(from inventory: [InstanceRun], in places: any Places) -> String? {
    guard region.isEmpty else { return region }
    var runs: [String: Int] = [:]
    for run in inventory {
      if let region = places.region(ofZone: run.zone) ?? run.region { runs[region, default: 0] += 1 }
    }
    return runs.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
