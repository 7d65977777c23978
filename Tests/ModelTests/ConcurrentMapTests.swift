import Model
import Testing

@Suite("Work on several threads")
struct ConcurrentMapTests {
  @Test("What is worked out at once is in the order of the elements", arguments: [0, 1, 2, 1_000])
  func order(count: Int) {
    let numbers = Array(0..<count)
    #expect(numbers.concurrentMap { $0 * $0 } == numbers.map { $0 * $0 })
  }

  @Test("Of several errors the first element's is thrown, whichever came first")
  func errors() {
    let numbers = Array(0..<200)
    for _ in 0..<20 {
      let error = #expect(throws: DataError.self) {
        try numbers.concurrentMap { number throws(DataError) -> Int in
          if number % 50 == 49 { throw DataError(Place(file: "\(number)"), found: "", expected: "") }
          return number
        }
      }
      #expect(error?.place.file == "49")
    }
  }

  @Test("Work inside work inside work is in the order of the elements, and comes to an end")
  func nested() {
    // Sums of i * j * k over j and k below 5: 100 i.
    let sums = Array(0..<20).concurrentMap { i in
      Array(0..<5).concurrentMap { j in Array(0..<5).concurrentMap { k in i * j * k }.reduce(0, +) }.reduce(0, +)
    }
    #expect(sums == (0..<20).map { $0 * 100 })
  }

  @Test("Of two bodies that fail the first's error is thrown, and both results come back where none does")
  func two() throws {
    let pair = try concurrently({ () throws(DataError) in 1 }, { () throws(DataError) in "two" })
    #expect(pair == (1, "two"))
    let error = #expect(throws: DataError.self) {
      _ = try concurrently(
        { () throws(DataError) -> Int in throw DataError(Place(file: "first"), found: "", expected: "") },
        { () throws(DataError) -> Int in throw DataError(Place(file: "second"), found: "", expected: "") })
    }
    #expect(error?.place.file == "first")
  }
}
