import Foundation
import Model

// Values as a test writes them; a text that does not parse is a mistake in the test and traps.

package func instant(_ text: String) -> Instant { Instant(text)! }
package func period(_ start: String, _ end: String) -> Period { Period(start: instant(start), end: instant(end)) }
package func usd(_ text: String) -> Money { Money(text)! }
package func decimal(_ text: String) -> ScaledDecimal { ScaledDecimal(text)! }
package func condition(_ text: String) -> Condition { Condition(text)! }

/// October 2026 in UTC: 744 hours, from a Thursday on.
package let october = period("2026-10-01", "2026-11-01")
/// Four whole weeks from Monday 2026-10-05, UTC.
package let fourWeeks = period("2026-10-05", "2026-11-02")

extension Period {
  package var hours: Int { Int(seconds / 3600) }
}

/// The error a body throws; nil when it throws none.
package func failure(_ body: () throws(DataError) -> Void) -> DataError? {
  do throws(DataError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// The folder of the package, found from this file.
package let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The Swift files under a folder of the package, by path from that folder.
package func swiftFiles(under folder: String) -> [String] {
  let paths = FileManager.default.enumerator(atPath: packageFolder.appendingPathComponent(folder).path)
  return (paths?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.sorted()
}
