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
}
