import Model
import TestSupport
import Testing

@Suite struct PriceNoteTests {
  private let end = instant("2026-10-31T23:59:59Z")

  @Test("A price is stale when it is older than the permitted days, and not on the day itself")
  func age() {
    // 180 days before 2026-10-31T23:59:59 is 2026-05-04T23:59:59: the 5th is within, the 4th is not.
    let notes = [note("old", "2026-05-04"), note("young", "2026-05-05")]
    #expect(PriceDoubts(of: notes, at: end, staleAfterDays: 180).stale.map(\.file) == ["old"])
    #expect(PriceDoubts(of: notes, at: instant("2026-11-01"), staleAfterDays: 180).stale.map(\.file) == ["old"])
    // From midnight to midnight 2026-05-05 is exactly 180 days back on 2026-11-01, and stale a second later.
    let later = PriceDoubts(of: notes, at: instant("2026-11-01T00:00:01Z"), staleAfterDays: 180)
    #expect(later.stale.map(\.file) == ["old", "young"])
    #expect(PriceDoubts(of: notes, at: end, staleAfterDays: 3660).isEmpty)
  }

  @Test("A derived price is named as such while it is recent, and as old once it is old")
  func derived() {
    let notes = [
      note("b", "2026-10-01", .derived), note("a", "2026-10-01", .derived), note("old", "2020-01-01", .derived),
    ]
    let doubts = PriceDoubts(of: notes, at: end, staleAfterDays: 180)
    #expect(doubts.derived.map(\.file) == ["a", "b"])
    #expect(doubts.stale.map(\.file) == ["old"])
  }

  @Test("What a rate was worked out from is judged with it, once however often it is used")
  func basis() {
    var rate = note("spot", "2026-10-01", .derived)
    rate.basis = [note("on-demand", "2025-01-01")]
    let doubts = PriceDoubts(of: [rate, rate, note("on-demand", "2025-01-01")], at: end, staleAfterDays: 180)
    #expect(doubts.stale.map(\.file) == ["on-demand"])
    #expect(doubts.derived.map(\.file) == ["spot"])
  }

  @Test("What the fleet file states has no age")
  func contract() {
    let contract = PriceNote(.discount(percent: decimal("5"), service: "ec2", isSupposed: false), .zero)
    #expect(PriceDoubts(of: [contract], at: end, staleAfterDays: 0).isEmpty)
  }

  @Test("A price's age counts from the day it took effect")
  func confirmed() {
    #expect(provenance("2026-03-04").confirmed == instant("2026-03-04"))
    let note = PriceNote(.onDemand(type: "m5.large"), usd("0.096"), provenance("2026-03-04", "folder/test.csv"))
    #expect(note.confirmed == instant("2026-03-04") && note.since == note.confirmed && note.file == "test.csv")
  }

  @Test("Prices stand by item, way of buying, terms and amount, whatever they are called")
  func order() {
    let standard = OfferTerm("standard-1yr-no-upfront")!
    let sorted = [
      PriceNote(.onDemand(type: "c5.large"), usd("0.085")),
      PriceNote(.reserved(type: "c5.large", standard, upfront: .zero), usd("0.054")),
      PriceNote(.onDemand(type: "m5.large"), usd("0.09")), PriceNote(.onDemand(type: "m5.large"), usd("0.096")),
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }

  private func note(_ file: String, _ date: String, _ quality: PriceQuality = .published) -> PriceNote {
    PriceNote(.onDemand(type: "m5.large"), .zero, file: file, confirmed: instant(date), quality: quality)
  }
}
