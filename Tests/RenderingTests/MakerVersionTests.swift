import Likelihood
import Rendering
import Testing

@Suite("What earlier versions did otherwise")
struct MakerVersionTests {
  @Test(
    "evidence is computed as the version that made it did; of another program, or of none, as the present one does",
    arguments: [
      ("retort 0.1.0", false, false, false), ("retort 0.2.9", false, false, false),
      ("retort 0.3.0", true, false, false),
      ("retort 0.5.12", true, false, false), ("retort 0.6.0", true, true, false), ("retort 0.7.0", true, true, true),
      ("retort 0.10.0", true, true, true), ("retort 0.20.1", true, true, true), ("retort 1.1.0", true, true, true),
      ("t", true, true, true), (nil, true, true, true),
    ] as [(String?, Bool, Bool, Bool)])
  func rules(tool: String?, debris: Bool, certainty: Bool, lineage: Bool) {
    #expect(MakerVersion.findsDebris(tool) == debris && MakerVersion.refusesCertainty(tool) == certainty)
    #expect(MakerVersion.rules(tool) == (lineage ? .present : .withoutLineage))
    #expect(MakerVersion.boundsCohort(tool) == lineage && MakerVersion.marksAll(tool) == lineage)
  }
}
