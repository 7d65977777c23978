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

  private let type, coreMark, threads, noise: Int

  init(_ header: DelimitedHeader) throws(DataError) {
    type = try header.require("type")
    coreMark = try header.require("coremark_per_second")
    threads = try header.require("threads")
    noise = try header.require("noise_percent")
  }

  func read(_ row: PriceRow, into book: inout PriceBook) throws(DataError) {
    let threadCount = try row.whole(threads)
    guard threadCount > 0 else { throw row.wrong(threads, expected: "at least 1 thread") }
    let speed = try row.thousandths(coreMark, expected: "iterations a second")
    guard speed > 0 else { throw row.wrong(coreMark, expected: "more than 0 iterations a second") }
    let percent = try row.whole(noise)
    guard percent <= 100 else { throw row.wrong(noise, expected: "a percentage of at most 100") }
    book.performance.append(
      InstancePerformance(
        type: try row.text(type, "type"), milliCoreMark: speed, threads: threadCount, noisePercent: percent,
        provenance: try row.provenance()))
  }
}
