/// A check of probe sets that found something; what it was is on standard output.
struct ProbeSetFindings: Error {
  let count: Int
}
