import Dispatch

#if canImport(Synchronization)
  import Synchronization
#endif

extension Array where Element: Sendable {
  /// What a body makes of each element, in the order of the elements, worked out on as many threads as the machine has.
  ///
  /// Whatever the number of threads, the result is that of ``Swift/Array/map(_:)``: a body looks at its own element only.
  package func concurrentMap<Value: Sendable>(_ body: @Sendable (Element) -> Value) -> [Value] {
    guard count > 1 else { return map(body) }
    let values = Mutex([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = body(self[index])
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.compactMap(\.self) }
  }

  /// The same of a body that may fail.
  /// - Throws: the error of the first element, in their order, that has one.
  package func concurrentMap<Value: Sendable>(
    _ body: @Sendable (Element) throws(DataError) -> Value
  ) throws(DataError) -> [Value] {
    let results = concurrentMap { element in Result { () throws(DataError) in try body(element) } }
    var values: [Value] = []
    values.reserveCapacity(results.count)
    for result in results { values.append(try result.get()) }
    return values
  }
}

/// What two bodies make, worked out at once where the machine has a thread for each.
/// - Throws: the error of the first, else that of the second, as if they had been called one after the other.
package func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () throws(DataError) -> First, _ second: @Sendable () throws(DataError) -> Second
) throws(DataError) -> (First, Second) {
  let results = Mutex<(first: Result<First, DataError>?, second: Result<Second, DataError>?)>((nil, nil))
  DispatchQueue.concurrentPerform(iterations: 2) { index in
    if index == 0 {
      let result = Result { () throws(DataError) in try first() }
      results.withLock { $0.first = result }
    } else {
      let result = Result { () throws(DataError) in try second() }
      results.withLock { $0.second = result }
    }
  }
  let made = results.withLock { $0 }
  guard let first = made.first, let second = made.second else { return (try first(), try second()) }
  return (try first.get(), try second.get())
}
