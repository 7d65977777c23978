import Model
import TestSupport
import Testing

@testable import Wording

private let dollars = VerdictWords(clock: LocalClock(identifier: "UTC")!, currency: .usDollar)

@Suite struct SpotWordsTests {
  @Test(
    "Each reason against spot has its words",
    arguments: [
      (.notInterruptible, "not interruptible"),
      (.notRunning, "no instance ran"),
      (.unmeasured, "CPU usage is not measured"),
      (
        .noneCheaper(
          onDemand: usd("0.096"),
          [
            SpotLeftOut("a", .notCheaper(usd("0.0968"))), SpotLeftOut("b", .unpriced(inNamedZones: false)),
            SpotLeftOut("c", .unpriced(inNamedZones: true)), SpotLeftOut("d", .notAsLarge(as: "m5.large")),
            SpotLeftOut("e", .savesNoMore(usd("0.05"))),
          ]),
        "no spot capacity below 0.096/h on demand: a: 0.0968/h, not below on demand; b: no spot price; "
          + "c: no spot price in the zones named; d: smaller than m5.large, or of unknown size; e: 0.05/h, saves no more"
      ),
    ] as [(SpotReason, String)])
  func reasons(reason: SpotReason, words: String) {
    #expect(dollars.fact(SpotFigure.refused(reason)) == ReportFact("spot", .text(words)))
  }

  @Test(
    "Each figure about spot has its label and words",
    arguments: [
      (
        .prices([
          SpotTypePrice(
            "c5.large", usd("0.03485"),
            .estimate(onDemand: usd("0.085"), percentBelow: 59, from: instant("2025-06-28"))),
          SpotTypePrice("m5.large", usd("0.045"), .history(.days(30, zones: 2), to: instant("2026-10-31T23:59:59Z"))),
        ]),
        "spot price",
        "c5.large 0.03485/h (derived): 0.085/h on demand less 59 %, estimated on 2025-06-28; "
          + "m5.large 0.045/h (derived): mean of 30 days in 2 zones to 2026-10-31"
      ),
      (
        .interruptionRates([SpotInterruptionRate("a", "<5%"), SpotInterruptionRate("b", nil)]),
        "instances taken back a month", "a <5%, b unknown, taken as every one; the upper end counts"
      ),
      (
        .cost(
          SpotCost(
            SpotRate(price: usd("0.0384"), rework: usd("0.00192"), fallback: usd("0.000000548")), reworkPercent: 5,
            replacement: TimeSpan("5min")!, onDemand: usd("0.096"))),
        "spot cost",
        "0.0384 + 0.00192 rework (5 %) + 0.000000548 on demand for 5min after each interruption = 0.040320548/h (derived) "
          + "against 0.096/h on demand"
      ),
      (
        .pools([SpotTypePools("a", ["x", "y"]), SpotTypePools("b", [""])]), "spot pools", "3: a in x, y; b"
      ),
      (
        .floor(
          SpotFloorRule(
            limits: [
              .share(.cpu, percent: 62.5), .share(.memory, percent: 90), .amount(.metric(.requestsPerSecond), 200),
              .shareOfAmount(.metric(.poolConnections), percent: 90, 50),
            ], minimum: 2, maximumPercent: 40, unmeasured: [])),
        "floor",
        "without the largest pool CPU at most 62.5 %, memory at most 90 %, requests_per_second at most 200 an instance, "
          + "pool_connections at most 90 % of 50 an instance; never the first 2; at most 40 % spot"
      ),
      (
        .floor(
          SpotFloorRule(
            limits: [.queue(within: TimeSpan("15min")!)], minimum: 1, maximumPercent: 50,
            unmeasured: [.memory, .metric(.poolConnections)])),
        "floor",
        "without the largest pool the queue as short again within 15min; never the first 1; at most 50 % spot; "
          + "not measured: memory, pool_connections"
      ),
      (.leftOut([SpotLeftOut("a", .savesNoMore(usd("0.05")))]), "spot left out", "a: 0.05/h, saves no more"),
      (
        // 1,289 / 3,834 = 33.62 %.
        .use(SpotUse(spotSeconds: 1289 * 3600, allSeconds: 3834 * 3600, most: 4, unmeasuredSlots: 1288)),
        "spot share",
        "1,289 of 3,834 instance-hours (33.6 %), at most 4 at once; 1,288 slots without measurements are run alike"
      ),
      (
        .use(SpotUse(spotSeconds: 2 * 3600, allSeconds: 4 * 3600, most: 1, unmeasuredSlots: 0)), "spot share",
        "2 of 4 instance-hours (50.0 %), at most 1 at once"
      ),
      (.use(nil), "spot share", "none: no slot has an instance to spare when a pool is lost"),
      (
        .poolLoss(0.0975), "a pool lost in a month",
        "probability at most 9.8 %, however pools depend on one another, if every interruption takes its whole pool"
      ),
      (
        .policy(SpotPolicy(base: 2, onDemandPercentAboveBase: 50), brokenSlots: 3), "mixed-instances policy",
        "on-demand base 2, 50 % on demand above it, price-capacity-optimized over the spot pools; in 3 slots the loss of the largest pool would leave too few"
      ),
      (.worstLoss(SpotLoss(3, nil)), "worst loss", "3 at once"),
      (
        .worstLoss(SpotLoss(3, .load(.cpu, reaches: 80, critical: 90))), "worst loss",
        "3 at once; CPU then reaches 80.0 % (critical above 90 %)"
      ),
      (
        .worstLoss(SpotLoss(1, .load(.metric(.poolConnections), reaches: 40, critical: 45))), "worst loss",
        "1 at once; pool_connections then reaches 40.0 an instance (critical above 45)"
      ),
      (
        .worstLoss(SpotLoss(3, .queue(recoversAfter: 750, deadline: TimeSpan("15min")!))), "worst loss",
        "3 at once; the queue is as short again after 750 s (deadline 15min)"
      ),
      (
        .worstLoss(SpotLoss(1, .queue(recoversAfter: nil, deadline: TimeSpan("168h")!))), "worst loss",
        "1 at once; the queue is never as short again (deadline 168h)"
      ),
    ] as [(SpotFigure, String, String)])
  func figures(figure: SpotFigure, label: String, words: String) {
    #expect(dollars.fact(figure) == ReportFact(label, .text(words)))
  }

  @Test("Expected interruptions stand alone, as a number")
  func interruptions() {
    #expect(
      dollars.fact(SpotFigure.interruptions(0.1529))
        == ReportFact("spot interruptions in these instance-hours, at most", .measured(0.1529, decimals: 2)))
  }
}
