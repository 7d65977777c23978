import ArgumentParser
@main struct Plimsoll: ParsableCommand { func run() {} }
