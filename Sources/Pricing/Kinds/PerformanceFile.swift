import Model
import Reading

/// Measured speed of types: `type,coremark_per_second,threads,noise_percent`. `effective_from` is the day of the run.
struct PerformanceFile: PriceFileKind {
  static let name = "performance"
  static let version = 1
  static let example = """
    # plimsoll-prices: performance 1
    # provider: aws
    # currency: USD
    # retrieved: 2026-11-23
    # source A: vantage-sh/ec2instances.info@4ef36cd2c986:scraper/aws/ec2/extras/manually_fetched_data.json
    type,coremark_per_second,threads,noise_percent,effective_from,quality,source
    c5.large,33103.45,2,10,2025-12-10,published,A
    """
  static let columns = ["type", "coremark_per_second", "threads", "noise_percent"]

  static func read(_ row: DelimitedRecord, _ provenance: Provenance, into book: inout PriceBook) throws(DataError) {
    let speed = try row.thousandths("coremark_per_second", expected: "iterations a second")
    guard speed > 0 else {
      throw row.wrong("coremark_per_second", expected: "more than 0 iterations a second")
    }
    book.performance.append(
      InstancePerformance(
        type: try row.text("type"), milliCoreMark: speed, threads: try row.count("threads"),
        noisePercent: try row.percentage("noise_percent"), provenance: provenance))
  }
}
