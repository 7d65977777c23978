import Model

/// The cloud that fleets, prices and inventories are of; there is one.
package let supportedCloud: any Cloud = AWS()
