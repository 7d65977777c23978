import Testing

@testable import Clouds

@Suite struct TypeNameTests {
  @Test(
    "Sizes have the factors of the EC2 user guide, times four",
    arguments: [
      // Amazon EC2 user guide, "How Reserved Instances are applied": nano 0.25 ... 32xlarge 256.
      ("t3.nano", 1), ("t3.micro", 2), ("t3.small", 4), ("t3.medium", 8), ("t3.large", 16), ("m5.xlarge", 32),
      ("m5.2xlarge", 64), ("c5.9xlarge", 288), ("m5.24xlarge", 768), ("x1.32xlarge", 1024), ("cache.m5.large", 16),
      ("u-6tb1.112xlarge", 3584),
      // Its table of bare metal, by family: a1 32 ... u-6tb1 896; a size in the name has that size's factor.
      ("a1.metal", 128), ("z1d.metal", 384), ("i3.metal", 512), ("c5n.metal", 576), ("m5.metal", 768),
      ("m6i.metal", 1024), ("u-18tb1.metal", 1792), ("u-12tb1.metal", 3584), ("m7i.metal-24xl", 768),
      ("m7i.metal-48xl", 1536),
    ])
  func factors(type: String, quarters: Int) { #expect(TypeName(type).quarterUnits == Int128(quarters)) }

  @Test(
    "Sizes without a factor have none",
    arguments: ["mac1.metal", "m7i.metal-xl", "m5.", "m5", "m5.0xlarge", "m5.-1xlarge", "m5.huge"])
  func noFactor(type: String) { #expect(TypeName(type).quarterUnits == nil) }

  @Test("A type falls into family and size at its last point")
  func names() {
    #expect(TypeName("t3.medium").family == "t3")
    #expect(TypeName("cache.m5.large").family == "cache.m5")
    #expect(TypeName("cache.m5.large").size == "large")
  }
}
