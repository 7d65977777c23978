// Instances are spread evenly over the zones of a region, as an autoscaling group does, so the fullest of z zones has
// ceil(n/z) of n. What is left without it must do: n - ceil(n/z) = floor(n(z-1)/z) >= required, which holds from
// n = ceil(required × z/(z-1)) = required + ceil(required/(z-1)) on.

/// The least number of instances, spread evenly over zones, of which `required` are left when any one zone is lost.
///
/// With one zone or none nothing survives its loss: the answer is `required`, and it is for the caller to say so. A
/// service that requires nothing needs nothing.
/// - Precondition: `required` is not negative.
package func count(leaving required: Int, afterLossOfOneOf zones: Int) -> Int {
  precondition(required >= 0, "a count is not negative")
  guard zones > 1 else { return required }
  return required + (required + zones - 2) / (zones - 1)
}
