import Analytics

/// The lines of a shell that bring the cloud's own prices of a region, and those that import them.
func fetchScript(region: String) throws -> String {
  let fetches = try priceFetches(region: region)
  let fetching = fetches.map { "# \($0.subject)\n\($0.command)\n" }
  return (fetching + ["# What was fetched\n" + imports(fetches, region).joined(separator: "\n") + "\n"])
    .joined(separator: "\n")
}

/// A line for each way in which what was fetched is read.
private func imports(_ fetches: [PriceFetch], _ region: String) -> [String] {
  let ways: [(PriceFetch.Reading, String)] = [
    (.prices, "prices --region \(region)"),
    (.undatedPrices, "prices --region \(region) --retrieved \"$(date -u +%F)\""),
    (.spot, "spot --region \(region)"),
  ]
  return ways.compactMap { reading, words in
    let files = fetches.filter { $0.reading == reading }.map(\.file)
    return files.isEmpty ? nil : "plimsoll import " + ([words] + files).joined(separator: " \\\n  ")
  }
}
