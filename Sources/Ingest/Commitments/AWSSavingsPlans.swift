import Clouds
import Model
import Reading

/// What `aws savingsplans describe-savings-plans` prints: the savings plans of an account.
///
/// Active and retired ones are kept. Whose one is stands in its ARN. Left out: other states, and plans for other things
/// than instances (SageMaker, databases).
///
/// Source: AWS Savings Plans API reference, `SavingsPlan`.
enum AWSSavingsPlans: CommitmentFormat {
  static let name = "aws-savings-plans"
  static let outline = "savings plans (aws savingsplans describe-savings-plans)"
  static let noun = "plan"
  static let example = """
    {
      "savingsPlans": [
        {
          "savingsPlanId": "00000000-0000-0000-0000-000000000004", "start": "2026-05-01T00:00:00Z",
          "end": "2027-04-30T23:59:59Z", "state": "active", "savingsPlanType": "Compute",
          "paymentOption": "No Upfront", "currency": "USD", "commitment": "0.40", "upfrontPaymentAmount": "0.0",
          "recurringPaymentAmount": "0.40", "termDurationInSeconds": 31536000
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool { start.startsObject && start.hasKey("savingsPlans") }

  static func read(_ file: InputFile, into held: inout HeldCommitments) throws {
    let document = try JSONStream(ByteSource(name: file.name, bytes: file.bytes))
    let isPartial = try document.forEachRecord(of: "savingsPlans") { record in
      let id = try record.text("savingsPlanId")
      try held.checkID(id, at: record.place)
      let state = try record.text("state")
      guard isHeld(state) else { return held.leaveOut(state) }
      let type = try record.text("savingsPlanType")
      guard let plan = kind(type) else { return held.leaveOut("for \(type)") }
      let one = try savingsPlan(id, plan, record)
      let isStated = try record.textIfKnown("currency") != nil
      if !isStated, let currency = one.region.map(AWSWords.currency(ofRegion:)), currency != "USD" {
        return held.leaveOut("priced in \(currency)")
      }
      held.savingsPlans.append(one)
    }
    held.notePages(isPartial)
  }

  private static func kind(_ type: String) -> SavingsPlanTerm.Plan? {
    switch type {
    case "Compute": .compute
    case "EC2Instance": .family
    case "Database": .database
    default: nil
    }
  }

  private static func savingsPlan(_ id: String, _ plan: SavingsPlanTerm.Plan, _ record: JSONRecord) throws(DataError)
    -> HeldSavingsPlan
  {
    try record.checkCurrency("currency")
    guard let payment = try record.payment("paymentOption") else {
      throw record.wrong("paymentOption", expected: "No Upfront, Partial Upfront or All Upfront")
    }
    let years = try heldYears(record, "termDurationInSeconds")
    let started = try record.instant("start")
    let isBound = plan == .family
    return HeldSavingsPlan(
      id: id, term: SavingsPlanTerm(plan: plan, years: years, payment: payment),
      family: isBound ? try record.text("ec2InstanceFamily") : nil, region: isBound ? try record.text("region") : nil,
      hourly: try record.price("commitment"), upfront: try record.price("upfrontPaymentAmount", absent: .zero),
      started: started, ended: try earlyEnd("end", of: record, started: started, years: years),
      account: try record.account(arn: "savingsPlanArn"))
  }
}
