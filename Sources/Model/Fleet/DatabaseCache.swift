// Source: MongoDB manual, "WiredTiger Storage Engine", section "Memory Use",
// <https://www.mongodb.com/docs/manual/core/wiredtiger/>: by default the larger of 50 % of (RAM - 1 GB) and 256 MB. Its GB
// are 2^30 bytes: the manual's system of 4 GB has a cache of 1.5 GB.

/// A storage engine with a cache of its own, by whose default size instances are judged.
package enum DatabaseCache: String, CaseIterable, FleetWord {
  /// MongoDB's: the larger of half of (memory - 1 GiB) and 256 MiB.
  case wiredTiger = "wiredtiger"

  /// What the cache takes by default of an instance's memory, in GiB.
  package func cacheGiB(ofMemoryGiB memory: Double) -> Double {
    switch self {
    case .wiredTiger: max((memory - 1) / 2, 0.25)
    }
  }
}
