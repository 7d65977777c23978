import Analysis
import Model
import TestSupport
import Testing

@testable import Advice

/// Which types may be proposed.
@Suite struct CandidateRangeTests {
  private let grid = SampleGrid(period: period("2026-10-01", "2026-10-04"), stepSeconds: 3600)

  @Test(
    "A range permits what all of its words do, one of its patterns names and none of those with a mark does",
    arguments: [
      ("list", ["m5.large", "t3.large"]), ("catalogue", ["c5.large", "m5.large", "m6g.large", "t3.large"]),
      ("same-family", ["m5.large"]), ("same-architecture", ["c5.large", "m5.large", "t3.large"]),
      ("current-generation", ["c5.large", "m5.large", "m6g.large"]), ("m*", ["m5.large", "m6g.large"]),
      ("m5.l?rge", ["m5.large"]), ("!m*", ["c5.large", "t3.large"]), ("m*,c5.large,!m6*", ["c5.large", "m5.large"]),
      ("list,!t3*", ["m5.large"]), ("same-architecture,!c5*,!t3*", ["m5.large"]),
      ("*", ["c5.large", "m5.large", "m6g.large", "t3.large"]),
    ])
  func permits(text: String, types: [String]) throws {
    var book = PriceBook.few
    book.specify("m6g.large", vcpu: 2, milliGiB: 8000)
    for index in book.specifications.indices {
      let type = book.specifications[index].type
      book.specifications[index].architecture = type == "m6g.large" ? "arm64" : "x86_64"
      book.specifications[index].isCurrentGeneration = type != "t3.large"
    }
    let catalogue = try Catalogue(book)
    let range = try #require(CandidateRange(CandidateRange.terms(text)))
    let own = try catalogue.specification("m5.xlarge")
    let permitted = try ["c5.large", "m5.large", "m6g.large", "t3.large"].filter { type in
      range.permits(
        try catalogue.specification(type), insteadOf: own, isListed: ["m5.large", "t3.large"].contains(type),
        in: catalogue.cloud)
    }
    #expect(permitted == types)
  }

  @Test(
    "A word that is none and an empty text are no range", arguments: ["", "lists", "m6*,", "sort, m5*", "m5 large"])
  func unknown(text: String) { #expect(CandidateRange(CandidateRange.terms(text)) == nil) }

  @Test("The first pattern that no type of the book matches is found; a managed node is matched by its instance too")
  func unmatched() throws {
    let catalogue = try catalogue()
    func found(_ text: String) -> String? {
      CandidateRange(CandidateRange.terms(text)).flatMap { catalogue.unmatched(in: $0)?.text }
    }
    #expect(found("m5*, x9*, y9*") == "x9*" && found("!x2gd*") == "!x2gd*")
    #expect(found("m5*, !t3*, catalogue") == nil)
    #expect(TypePattern("m5*")?.matches("cache.m5.large", in: catalogue.cloud) == true)
    #expect(TypePattern("*5.2x*e")?.matches("m5.2xlarge", in: catalogue.cloud) == true)
    #expect(TypePattern("*5.2x*f")?.matches("m5.2xlarge", in: catalogue.cloud) == false)
  }

  @Test("Right-sizing proposes what the range permits")
  func proposals() throws {
    // 10 % of 4 vCPU and of 16 GiB: everything fits, a t3.large earns 0.6 of the 0.4 vCPU.
    func moved(_ text: String) throws -> String? {
      var study = TinyStudy(
        tinyService("app", ["t3.large", "m5.xlarge"]) { $0.approach = .cluster }, count: 1, "m5.xlarge", on: grid)
      study.measure(.cpuPercent) { _ in 10 }
      study.measure(.memoryPercent) { _ in 10 }
      study.fleet = { $0.review.candidates = CandidateRange(CandidateRange.terms(text)) }
      return try study.advice(RightSizing()).verdict.move?.to.type
    }
    #expect(try moved("list") == "t3.large")
    // Of the book alone, where no speed of another family is measured.
    #expect(try moved("same-family") == "m5.large")
    #expect(try moved("!t3*") == "m5.large")
    #expect(try moved("list, !t3*") == nil)
  }

  @Test("A listed type without a price is left out, and said")
  func unpriced() throws {
    var study = TinyStudy(
      tinyService("app", ["m5.large", "m9.large"]) { $0.approach = .cluster }, count: 1, "m5.large", on: grid)
    study.measure(.cpuPercent) { _ in 10 }
    study.measure(.memoryPercent) { _ in 10 }
    let verdict = try study.advice(RightSizing()).verdict
    #expect(verdict.sizeReason == .unpriced(["m9.large"]) && verdict.sizeFigures.contains(.unpriced(["m9.large"])))
  }
}
