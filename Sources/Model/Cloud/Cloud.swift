/// A cloud as the rest of the house sees it: what its names mean, and what its rules are where clouds differ.
///
/// It is a value, which a ``Catalogue`` carries with the prices of the cloud. What asks one thing of it takes the small
/// protocol that answers.
package protocol Cloud: TypeNames, InstanceServices, ReservationRules, SavingsPlanRules, CreditRules, Places,
  PriceSources, AccountSources, MetricNames, CommandSources
{}
