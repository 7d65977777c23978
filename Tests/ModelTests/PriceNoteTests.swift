import Model
import TestSupport
import Testing

@Suite struct PriceNoteTests {
  private let end = instant("2026-10-31T23:59:59Z")

  @Test("A price is stale when it is older than the permitted days, and not on the day itself")
  func age() {
    // 180 days before 2026-10-31T23:59:59 is 2026-05-04T23:59:59: the 5th is within, the 4th is not.
    let notes = [note("old", "2026-05-04"), note("young", "2026-05-05")]
    #expect(PriceDoubts(of: notes, at: end, staleAfterDays: 180).stale == ["old"])
    #expect(PriceDoubts(of: notes, at: instant("2026-11-01"), staleAfterDays: 180).stale == ["old"])
    // From midnight to midnight 2026-05-05 is exactly 180 days back on 2026-11-01, and stale a second later.
    #expect(PriceDoubts(of: notes, at: instant("2026-11-01T00:00:01Z"), staleAfterDays: 180).stale == ["old", "young"])
    #expect(PriceDoubts(of: notes, at: end, staleAfterDays: 3660).isEmpty)
  }

  @Test("A derived price is named as such while it is recent, and as old once it is old")
  func derived() {
    let notes = [
      note("b", "2026-10-01", .derived), note("a", "2026-10-01", .derived), note("old", "2020-01-01", .derived),
    ]
    let doubts = PriceDoubts(of: notes, at: end, staleAfterDays: 180)
    #expect(doubts.derived == ["a", "b"])
    #expect(doubts.stale == ["old"])
  }

  @Test("What a rate was worked out from is judged with it, once however often it is used")
  func basis() {
    var rate = note("spot", "2026-10-01", .derived)
    rate.basis = [note("on-demand", "2025-01-01")]
    let doubts = PriceDoubts(of: [rate, rate, note("on-demand", "2025-01-01")], at: end, staleAfterDays: 180)
    #expect(doubts.stale == ["on-demand"])
    #expect(doubts.derived == ["spot"])
  }

  @Test("What the fleet file states has no age")
  func contract() {
    let contract = PriceNote("5 % off ec2 (fleet file)", confirmed: nil, quality: .published)
    #expect(PriceDoubts(of: [contract], at: end, staleAfterDays: 0).isEmpty)
  }

  @Test("A price's age counts from the day it took effect")
  func confirmed() {
    #expect(provenance("2026-03-04").confirmed == instant("2026-03-04"))
    #expect(PriceNote("a price", provenance("2026-03-04")) == note("a price", "2026-03-04"))
  }

  private func note(_ words: String, _ date: String, _ quality: PriceQuality = .published) -> PriceNote {
    PriceNote(words, confirmed: instant(date), quality: quality)
  }
}
