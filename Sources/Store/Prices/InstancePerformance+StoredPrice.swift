import GRDB
import Model

extension InstancePerformance: StoredPrice {
  static let table = PriceTable(
    "performance", keys: ["type"], figures: ["milli_coremark", "threads", "noise_percent"])
  var storedKey: [DatabaseValue] { [type.databaseValue] }
  var storedFigures: [DatabaseValue] {
    [milliCoreMark.databaseValue, threads.databaseValue, noisePercent.databaseValue]
  }

  init(_ stored: inout StoredValues, _ provenance: Provenance) {
    self.init(
      type: stored.next(), milliCoreMark: stored.next(), threads: stored.next(), noisePercent: stored.next(),
      provenance: provenance)
  }
}
