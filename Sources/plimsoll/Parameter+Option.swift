import Analytics

extension Parameter {
  /// The option by which it is stated at a shell: `--service`, `--as-of`.
  var option: String { "--" + (Self.otherNames[self] ?? hyphenated) }

  /// Those whose option has another name.
  private static let otherNames: [Parameter: String] = [
    .accountCommands: "commands", .advice: "apply", .date: "on", .dates: "diff", .lookbackDays: "lookback",
    .halfLifeDays: "half-life",
    .key: "explain", .cpuHeadroomPercent: "cpu-headroom", .memoryHeadroomPercent: "memory-headroom",
  ]

  private var hyphenated: String {
    name.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
  }
}
