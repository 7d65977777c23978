// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "plimsoll",
  products: [
    .executable(name: "plimsoll", targets: ["plimsoll"]),
    .library(name: "Analytics", targets: ["Analytics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // In the order the data flows; ARCHITECTURE.md walks them in the same order.
    .target(name: "Model"),
    .target(name: "Clouds", dependencies: ["Model"]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "Reading", dependencies: ["Model", "Clouds", "CZlib"]),
    .target(name: "Ingest", dependencies: ["Model", "Clouds", "Reading", .product(name: "Yams", package: "Yams")]),
    .target(name: "Pricing", dependencies: ["Model", "Clouds", "Reading"]),
    .target(
      name: "Store",
      dependencies: [
        "Model", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(name: "Solvers", dependencies: ["Model"]),
    .target(name: "Analysis", dependencies: ["Model", "Solvers"]),
    .target(name: "Advice", dependencies: ["Model", "Analysis", "Solvers"]),
    .target(
      name: "Analytics",
      dependencies: ["Model", "Clouds", "Reading", "Ingest", "Pricing", "Store", "Analysis", "Solvers", "Advice"]),
    .target(name: "Wording", dependencies: ["Model", "Analysis", "Advice", "Analytics"]),
    .target(name: "Reporting", dependencies: ["Model"]),
    .target(name: "Export", dependencies: ["Model"]),
    .systemLibrary(name: "CRename"),
    .systemLibrary(name: "CMalloc"),
    .executableTarget(
      name: "plimsoll",
      dependencies: [
        "Analytics", "Wording", "Reporting", "Export", "CRename", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Makes the shipped synthetic dataset; shares no code with the targets above.
    .executableTarget(name: "generate-dataset", path: "datasets/generator"),
    // Times the solvers of the purchase mix, for `make bench-mix`.
    .executableTarget(
      name: "bench-mix", dependencies: ["Model", "Solvers", "Advice", "Analytics"], path: "Benchmarks/mix"),
    // Chooses sizes on recorded series and times it, for `make bench-size`.
    .executableTarget(name: "bench-size", dependencies: ["Model", "Solvers", "Advice"], path: "Benchmarks/size"),
    // Judges intervals of month ends on made-up histories, for `make bench-forecast`.
    .executableTarget(name: "bench-forecast", dependencies: ["Model", "Analysis"], path: "Benchmarks/forecast"),
    // Times the replay of scaling policies, for `make bench-simulate`.
    .executableTarget(name: "bench-simulate", dependencies: ["Solvers", "Analytics"], path: "Benchmarks/simulate"),

    .target(
      name: "TestSupport", dependencies: ["Model", "Clouds", "Reading", "Pricing", "Analysis"],
      path: "Tests/TestSupport"),
    // A study for a test; apart, because it brings the store with it.
    .target(
      name: "StudySupport", dependencies: ["Model", "Analysis", "Analytics", "TestSupport"],
      path: "Tests/StudySupport"),
    .testTarget(name: "ModelTests", dependencies: ["Model", "TestSupport"]),
    .testTarget(name: "CloudsTests", dependencies: ["Clouds", "Model", "TestSupport"]),
    .testTarget(name: "ReadingTests", dependencies: ["Reading", "Model", "TestSupport"]),
    .testTarget(name: "IngestTests", dependencies: ["Ingest", "Reading", "Model", "CZlib", "TestSupport"]),
    .testTarget(name: "PricingTests", dependencies: ["Pricing", "Reading", "Model", "TestSupport"]),
    .testTarget(
      name: "StoreTests",
      dependencies: [
        "Store", "Ingest", "Analysis", "Model", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "AnalysisTests", dependencies: ["Model", "Clouds", "Solvers", "Analysis", "TestSupport"]),
    .testTarget(
      name: "SolversTests", dependencies: ["Model", "Solvers", "TestSupport"],
      resources: [.copy("Fixtures")]),
    .testTarget(name: "AdviceTests", dependencies: ["Model", "Analysis", "Solvers", "Advice", "TestSupport"]),
    .testTarget(
      name: "ExportTests",
      dependencies: ["Model", "Export", "Ingest", "Reading", "Clouds", "Analysis", "Solvers", "TestSupport"]),
    .testTarget(name: "ReportingTests", dependencies: ["Model", "Reading", "Reporting", "TestSupport"]),
    .testTarget(
      name: "AnalyticsTests",
      dependencies: ["Analytics", "Advice", "Analysis", "Ingest", "Model", "TestSupport", "StudySupport"]),
    .testTarget(
      name: "WordingTests",
      dependencies: ["Wording", "Reporting", "Analytics", "Advice", "Analysis", "Model", "TestSupport", "StudySupport"]),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["Model", "Reading", "Ingest", "Pricing", "Analytics", "Wording", "Reporting", "TestSupport"],
      exclude: ["Corpus"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["Model", "Reading", "TestSupport", "plimsoll", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["Help", "Sizes"]),
    .testTarget(name: "GuideTests", dependencies: ["Model", "Ingest", "Pricing", "Analytics"]),
    .testTarget(
      name: "GoldenReportTests",
      dependencies: [
        "Analytics", "Advice", "Analysis", "Wording", "Reporting", "Reading", "Ingest", "Model", "generate-dataset",
      ]),
  ]
)
