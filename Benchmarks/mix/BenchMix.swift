// What `make bench-mix` measures within a process of Swift; `Benchmarks/mix.sh` runs it and README.md explains it.
//
//   bench-mix times PROBLEMS.jsonl      the time and cost of each problem, as lines of JSON
//   bench-mix forward TRACES            what policies of buying cost on recorded demand, over the least in hindsight

@main
enum BenchMix {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("times", 2): try SolveTimes.print(of: arguments[1])
    case ("forward", 2): try WalkForwardTable.print(of: arguments[1])
    default: fatalError("usage: bench-mix times PROBLEMS.jsonl | forward TRACES")
    }
  }
}
