/// Values in place, as many as there were at the start.
///
/// Unlike an array it is nobody else's, so that changing a value asks nothing first: of arrays, that question is a third
/// of a tick.
struct FixedArray<Element>: ~Copyable {
  private let values: UnsafeMutableBufferPointer<Element>

  init(_ values: [Element]) {
    self.values = .allocate(capacity: values.count)
    _ = self.values.initialize(from: values)
  }

  deinit {
    values.deinitialize()
    values.deallocate()
  }

  var indices: Range<Int> { values.indices }

  subscript(index: Int) -> Element {
    @inline(__always)
    _read { yield values[index] }
    @inline(__always)
    nonmutating _modify { yield &values[index] }
  }
}
