import Model
import TestSupport
import Testing

/// Types in the place of others: which there are, and how fast.
@Suite struct CatalogueTypesTests {
  @Test("Types like a kind are those priced for its region and engine, of its sort of service, by name")
  func alike() throws {
    let catalogue = try catalogue()
    #expect(
      catalogue.types(like: kind("m5.large"))
        == ["c5.large", "m5.2xlarge", "m5.large", "m5.xlarge", "t3.large", "t3.medium"])
    // A type that is asked for need not be in the book.
    #expect(catalogue.types(like: kind("x9.huge")).count == 6)
    #expect(
      catalogue.types(like: kind("cache.m5.large", engine: "redis"))
        == ["cache.m5.2xlarge", "cache.m5.large", "cache.m5.xlarge"])
    #expect(catalogue.types(like: kind("m5.large", engine: "windows")) == [])
    #expect(catalogue.types(like: InstanceKind(region: "mars-1", type: "m5.large", engine: "linux")) == [])
  }

  @Test("Bare metal, earlier generations, types without a price or a specification are not like any")
  func leftOut() throws {
    let catalogue = try catalogue { book in
      for type in ["m5.metal", "m5.metal-24xl", "m4.large"] {
        book.specify(type, vcpu: 2, milliGiB: 8000)
        book.sell(type, "0.1")
      }
      book.specifications[book.specifications.count - 1].isCurrentGeneration = false
      book.specify("m6i.large", vcpu: 2, milliGiB: 8000)
      book.sell("m7i.large", "0.1")
    }
    #expect(catalogue.types(like: kind("m5.large")).count == 6)
  }

  @Test("A specification that is not known is nil, and no error")
  func known() throws {
    let catalogue = try catalogue()
    #expect(catalogue.specificationIfKnown("m5.large")?.vcpu == 2)
    #expect(catalogue.specificationIfKnown("m5.huge") == nil)
  }

  @Test("Of several measurements of a type the latest counts, whatever their order")
  func latest() throws {
    let catalogue = try measured([
      ("c5.large", 34_000_000, 5, "2026-02-01"), ("c5.large", 30_000_000, 3, "2025-02-01"),
      ("m5.large", 17_000_000, 0, "2026-02-01"),
    ])
    #expect(catalogue.relativePerformance(of: "c5.large", to: "m5.large")?.ratio == 2)
  }

  @Test("The ratio of two measurements has the root of the sum of the squares of their noises")
  func ratio() throws {
    // 2 threads each: 18,000 and 15,000 a vCPU; 3 and 4 percent make 5.
    let catalogue = try measured([
      ("c5.large", 36_000_000, 3, "2026-02-01"), ("m5.large", 30_000_000, 4, "2026-02-01"),
    ])
    let faster = try #require(catalogue.relativePerformance(of: "c5.large", to: "m5.large"))
    #expect(faster.ratio == 1.2 && faster.noisePercent == 5)
    // 1.2 x 0.95.
    #expect(abs(faster.lowest - 1.14) < 1e-12)
  }

  @Test("Within a family the ratio is exactly 1, measured or not; without a measurement there is none")
  func families() throws {
    let catalogue = try measured([("m5.large", 30_000_000, 4, "2026-02-01")])
    let same = try #require(catalogue.relativePerformance(of: "m5.2xlarge", to: "m5.large"))
    #expect(same == .same && same.lowest == 1)
    #expect(catalogue.relativePerformance(of: "r9.large", to: "r9.xlarge") == .same)
    #expect(catalogue.relativePerformance(of: "c5.large", to: "m5.large") == nil)
    #expect(catalogue.relativePerformance(of: "m5.large", to: "c5.large") == nil)
  }

  @Test("A cache node is as fast as the instance it runs on")
  func managed() throws {
    let catalogue = try measured([
      ("c5.large", 36_000_000, 0, "2026-02-01"), ("m5.large", 30_000_000, 0, "2026-02-01"),
    ])
    #expect(catalogue.relativePerformance(of: "cache.c5.large", to: "cache.m5.large")?.ratio == 1.2)
    #expect(catalogue.relativePerformance(of: "cache.r6g.large", to: "cache.m5.large") == nil)
  }

  private func measured(_ rows: [(type: String, milliCoreMark: Int64, noise: Int, date: String)]) throws -> Catalogue {
    try catalogue { book in
      book.performance = rows.map {
        InstancePerformance(
          type: $0.type, milliCoreMark: $0.milliCoreMark, threads: 2, noisePercent: $0.noise,
          provenance: provenance($0.date))
      }
    }
  }
}
