// "Target tracking scaling policies for Amazon EC2 Auto Scaling" (as-scaling-target-tracking.md): capacity changes in
// proportion to the metric; what is added is rounded up, what is removed down, which is the capacity rounded up both times.

/// The capacity at which a metric that falls as capacity grows would be at its target.
/// - Parameters:
///   - base: the capacity that the value was measured on.
///   - target: above 0.
package func capacity(tracking target: ExactFraction, from base: Int, at value: ExactFraction) -> Int128 {
  ceilingQuotient(
    Int128(base) * Int128(value.numerator) * Int128(target.denominator),
    Int128(value.denominator) * Int128(target.numerator))
}

/// The capacity whose share of the waiting messages is worked off within a latency.
///
/// "Scaling based on Amazon SQS" (as-using-sqs-queue.md): the acceptable backlog of an instance is the latency over the
/// time of a message.
/// - Parameters: all in thousandths, the last two above 0.
package func capacity(forBacklog messages: Int, secondsPerMessage: Int, targetLatency: Int) -> Int128 {
  ceilingQuotient(Int128(messages) * Int128(secondsPerMessage), 1000 * Int128(targetLatency))
}
