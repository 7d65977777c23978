@testable import Model
import TestSupport
import Testing

/// What changes make of the tokens of a charge.
@Suite struct TokenPlanTests {
  private let item = TokenItem("v/m", .input)

  private func plan(_ change: (inout TokenPlan.ModelPlan) -> Void) -> TokenPlan {
    var plan = TokenPlan()
    var model = TokenPlan.ModelPlan()
    change(&model)
    plan.models["v/m"] = model
    return plan
  }

  /// `batch-input 2/5`, sorted.
  private func words(_ plan: TokenPlan, _ kind: TokenKind = .input) -> [String] {
    plan.parts(of: TokenItem("v/m", kind)).map { part in
      "\(part.item.item.dropFirst("tokens/".count)) \(part.numerator)/\(part.denominator)"
    }.sorted()
  }

  @Test("Nothing changes what no change speaks of")
  func untouched() {
    #expect(TokenPlan().parts(of: item) == [TokenPart(item)])
    #expect(plan { $0.other = "v/n" }.parts(of: TokenItem("v/x", .input)) == [TokenPart(TokenItem("v/x", .input))])
  }

  @Test("A cache splits prompts alone: what it does not concern, what is read, and what is written")
  func caching() {
    let cached = plan {
      $0.cache = TokenPlan.CachePlan(hitPercent: decimal("80"), cacheablePercent: decimal("50"), isWritten: true)
    }
    // Half is not cached; of the other half 4/5 are read and 1/5 written.
    #expect(words(cached) == ["v/m/cache-write 1/10", "v/m/cached-input 2/5", "v/m/input 1/2"])
    #expect(words(cached, .output) == ["v/m/output 1/1"])
    let free = plan {
      $0.cache = TokenPlan.CachePlan(hitPercent: decimal("80"), cacheablePercent: decimal("50"), isWritten: false)
    }
    #expect(words(free) == ["v/m/cached-input 2/5", "v/m/input 3/5"])
  }

  @Test("Changes of one model are made together: fewer tokens, of another model, cached, in batches")
  func together() {
    let all = plan {
      $0.other = "w/n"
      $0.more = [.input: decimal("-10")]
      $0.cache = TokenPlan.CachePlan(hitPercent: decimal("100"), cacheablePercent: decimal("50"), isWritten: true)
      $0.batchPercent = decimal("20")
    }
    // 9/10, halved by the cache, each in batches by a fifth.
    #expect(
      words(all) == [
        "w/n/batch-cached-input 9/100", "w/n/batch-input 9/100", "w/n/cached-input 9/25", "w/n/input 9/25",
      ])
    #expect(words(all, .output) == ["w/n/batch-output 1/5", "w/n/output 4/5"])
  }

  @Test("Parts add up to what the amount becomes, whatever the percentages", arguments: 0..<200)
  func sums(seed: Int) {
    var random = SplitMix64(seed: seed)
    func percent(_ range: ClosedRange<Int64>) -> ScaledDecimal {
      ScaledDecimal(mantissa: random.number(range), scale: 2)
    }
    let (more, hits, share, batch) = (
      percent(-9_999...20_000), percent(0...10_000), percent(0...10_000), percent(0...10_000)
    )
    let all = plan {
      $0.more = [.input: more]
      $0.cache = TokenPlan.CachePlan(hitPercent: hits, cacheablePercent: share, isWritten: seed % 2 == 0)
      $0.batchPercent = batch
    }
    // All over 10^16: (1 + more) in ten-thousandths, the rest add up to 1.
    let sum = all.parts(of: item).reduce(Int128(0)) { $0 + $1.numerator * (widePowerOfTen(16) / $1.denominator) }
    #expect(sum == (10_000 + Int128(more.mantissa)) * widePowerOfTen(12))
  }

  @Test("An item of the book is taken apart and put together again; what is none is none")
  func items() {
    for text in ["tokens/a/b/input", "tokens/a/b/c/cache-write-1h", "tokens/a/b:0/batch-output"] {
      #expect(TokenItem(text)?.item == text)
    }
    for text in ["tokens/a/input", "ebs/a/b/input", "tokens/a/b/inputs", "tokens", ""] {
      #expect(TokenItem(text) == nil)
    }
  }

  @Test("A model is called by its name, with its vendor where several have it; the nearest are named, none is guessed")
  func names() throws {
    let book = try catalogue { book in
      for model in ["a/one", "b/one", "b/two"] { book.sellUnit("tokens/\(model)/input", "1", region: "") }
    }
    #expect(try book.tokenModel(called: "two") == "b/two")
    #expect(try book.tokenModel(called: "a/one") == "a/one")
    let several = failure { () throws(DataError) in _ = try book.tokenModel(called: "one") }
    #expect(several?.expected.description == "one of a/one, b/one")
    let unknown = failure { () throws(DataError) in _ = try book.tokenModel(called: "twoo") }
    #expect(unknown?.kind == .usage && unknown.map { "\($0.expected)".contains("b/two") } == true)
  }

  @Test("A price that has ended is named with its end, and the one before it is not gone by")
  func ended() throws {
    let book = try catalogue { book in
      book.sellUnit("tokens/a/b/input", "1", region: "", from: "2026-01-01")
      book.sellUnit("tokens/a/b/input", "2", region: "", from: "2026-03-01")
      book.units[book.units.count - 1].ended = instant("2026-10-11")
    }
    let (before, from) = (instant("2026-10-10T23:59:59Z"), instant("2026-10-11"))
    #expect(try book.unit("tokens/a/b/input", region: "x", at: before).map(\.price) == [usd("2")])
    let error = failure { () throws(DataError) in _ = try book.unit("tokens/a/b/input", region: "x", at: from) }
    #expect(
      error?.description.hasPrefix(
        "price book: found no price of tokens/a/b/input in force on 2026-10-11 (the last known, from 2026-03-01, ended "
          + "before 2026-10-11)") == true, "\(error?.description ?? "")")
    #expect(error?.kind == .missingInput)
    #expect(book.tokenPrices(at: before)["a/b"]?[.input]?.price == usd("2") && book.tokenPrices(at: from).isEmpty)
    // A month within which it ends has no price for its rest.
    #expect(throws: DataError.self) { try book.unit("tokens/a/b/input", region: "x", over: october) }
  }
}
