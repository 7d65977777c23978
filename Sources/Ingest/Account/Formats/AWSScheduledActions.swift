import Clouds
import Model
import Reading

/// What `aws autoscaling describe-scheduled-actions` prints: changes of capacity at fixed times.
///
/// Left to its owner: what happens once, what never comes, and what leaves one of the three capacities as it is.
///
/// Source: Amazon EC2 Auto Scaling API reference, `ScheduledUpdateGroupAction`.
enum AWSScheduledActions: AccountFormat {
  static let name = "aws-scheduled-actions"
  static let outline = "scheduled actions (aws autoscaling describe-scheduled-actions)"
  static let noun = "scheduled action"
  static let example = """
    {
      "ScheduledUpdateGroupActions": [
        {
          "AutoScalingGroupName": "web", "ScheduledActionName": "morning", "Recurrence": "0 7 * * 1-5",
          "MinSize": 2, "MaxSize": 10, "DesiredCapacity": 4, "TimeZone": "America/New_York"
        }
      ]
    }
    """

  static func recognises(_ start: FileStart) -> Bool {
    start.startsObject && start.hasKey("ScheduledUpdateGroupActions")
  }

  static func read(_ document: JSONStream, into listing: inout AccountListing) throws {
    try listing.read("ScheduledUpdateGroupActions", of: document, plural) { record, listing in
      var one = ListedSchedule(
        group: try record.name("AutoScalingGroupName"), name: try record.name("ScheduledActionName"), action: nil,
        reason: nil)
      try complete(&one, record)
      listing.schedules.append(one)
    }
  }

  private static func complete(_ one: inout ListedSchedule, _ record: JSONRecord) throws(DataError) {
    guard let recurrence = try record.nameIfKnown("Recurrence") else {
      one.reason = "it happens once"
      return
    }
    guard let desired = try record.wholeIfKnown("DesiredCapacity"), let least = try record.wholeIfKnown("MinSize"),
      let most = try record.wholeIfKnown("MaxSize")
    else {
      one.reason = "it leaves one of desired, minimum and maximum as it is"
      return
    }
    var action = ScheduledAction()
    (action.name, action.recurrence) = (one.name, recurrence)
    (action.desired, action.minimum, action.maximum) = (desired, least, most)
    action.timezone = try record.nameIfKnown("TimeZone") ?? "UTC"
    guard LocalClock(identifier: action.timezone) != nil else {
      one.reason = "its time zone \(action.timezone) is not known"
      return
    }
    guard let schedule = CronSchedule(recurrence) else {
      one.reason = "its recurrence \(recurrence) is none of five cron fields"
      return
    }
    guard schedule.everStrikes else {
      one.reason = "its recurrence \(recurrence) never comes"
      return
    }
    one.action = action
  }
}
