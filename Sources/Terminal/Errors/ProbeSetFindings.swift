/// A check of probe sets that found something; what it was is on standard output.
package struct ProbeSetFindings: Error {
  let count: Int

  package init(count: Int) { self.count = count }

  package var sentence: String {
    "\(count) \(count == 1 ? "finding" : "findings"); see above, and change the probe sets"
  }
}
