import ArgumentParser

/// For scripts that go on only with a ratio.
struct RatioOption: ParsableArguments {
  @Flag(help: "End with 3 where no candidate could be given a likelihood ratio.")
  var requireRatio = false
}
