import CMalloc

/// Keeps memory that is given back for what is asked for next: call it before much is.
///
/// A question works on arrays of a few hundred kilobytes. The C library would get each from the system and give it back,
/// and every page of it would be a fault again.
func keepFreedMemory() { keep_freed_memory() }
