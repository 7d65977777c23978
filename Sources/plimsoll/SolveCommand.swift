import Analytics
import ArgumentParser

struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "The bare solvers: one JSON problem a line in, one JSON answer a line out.",
    discussion: """
      plimsoll solve mix < problems.jsonl > answers.jsonl

      Answers come in the order of the problems, each with the problem's id, keys sorted. A line that is no problem is \
      answered with an error; the rest is solved, and the exit code is 65.

      mix: which commitments to buy. {"id","kind","input"} becomes {"bound","cost","id","purchase"}, in micro-USD; kinds are \
      single, expiry, budget, phased, multi and account. No purchase costs less than the bound.

      size: the cheapest type for a fixed instance. {"id","interval_seconds","cpu_percent","memory_percent","current",\
      "catalogue","rules"} becomes {"binding","id","refused","required_memory_gib","required_vcpu","type"}. A sample that \
      is null was not taken; without memory_percent no type with less memory is named.

      scale: one decision. {"id","kind",...} becomes {"id","state"} of an alarm, {"capacity","id"} of step, target and \
      backlog.

      replay: scaling policies over a load, tick by tick. {"id","input"} becomes {"breach_ticks","desired","events","id",\
      "instance_ticks","max_backlog","serving","unserved"}.

      schedule: the cheapest steps of capacity over a week. {"id","input":{"slots","required","max_changes",\
      "change_cost"}} becomes {"changes":[[slot,capacity],...],"cost","id"}.

      capacity: which of a few capacities to run while it stays. {"id","interval_seconds","hold_seconds","history",\
      "offers":[{"capacity","cost_percent"}],"risk"} becomes {"capacity","id"}.

      buy: what to commit to now. {"id","pools","shared","month_hours","risk"} becomes {"buy":{"POOL/OPTION":units,\
      "PLAN":cents},"id"}, in micro-USD.
      """)

  @Argument(help: "What to solve.")
  var kind: ProblemKind

  func run() throws {
    guard try solveProblems(kind, from: "-", write: writeLine) else {
      throw ExitCode(DataError.Kind.badData.rawValue)
    }
  }
}

extension ProblemKind: ExpressibleByArgument {}
