import Clouds
import Model

/// The commands that list what an account has in some regions, in the order of use; they change nothing.
/// - Throws: ``DataError`` for a name that is no region.
package func accountFetches(regions: [String]) throws(DataError) -> [AccountFetch] {
  try supportedCloud.accountFetches(ofRegions: regions)
}
