import Clouds
import Model

/// What brings the cloud's own prices of a region onto a machine, in the order of use.
/// - Throws: ``DataError`` for a name that is no region, and for a region whose prices are not in USD.
package func priceFetches(region: String) throws(DataError) -> [PriceFetch] {
  try supportedCloud.priceFetches(ofRegion: region)
}
