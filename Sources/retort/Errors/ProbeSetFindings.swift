/// A check of probe sets that found something; what it was is on standard output.
struct ProbeSetFindings: Error {
  let count: Int

  var sentence: String { "\(count) \(count == 1 ? "finding" : "findings"); see above, and change the probe sets" }
}
