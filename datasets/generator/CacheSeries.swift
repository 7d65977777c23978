/// What each database node holds in the cache of its storage engine, in GiB.
extension Fleet {
  /// A node after another, in the order of the pool; streams of their own, so that no other file changes with them.
  var cacheSizeSeries: [Series] {
    database.instances.map { instance in
      var drift = Noise(seed: seed, name: "cache/\(instance.id)", deviation: 0.05, memory: 0.97)
      return Series(
        service: instance.service, resource: instance.id, metric: "cache_gib", decimals: 2,
        values: heldPages.map { $0 + drift.next() })
    }
  }

  /// 4.13 GiB of indexes and hot documents, and 0.9 MiB for each user of the last hours. Pages come as quickly as they are
  /// asked for and are evicted slowly: a three-hundredth of what is above the need goes in five minutes, half in 17 hours.
  private var heldPages: [Double] {
    var held = 4.13 + perUser * demand.users(0)
    return (0..<Clock.slots).map { slot in
      let need = 4.13 + perUser * demand.users(slot)
      held += (need - held) * (need > held ? 1.0 / 12 : 1.0 / 300)
      return held
    }
  }

  private var perUser: Double { 0.9 / 1024 }
}
