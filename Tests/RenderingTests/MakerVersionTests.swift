import Cases
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
    #expect(MakerVersion.rules(tool).asksForLineage == lineage)
    #expect(lineage || MakerVersion.rules(tool) == .before0_7)
    #expect(MakerVersion.boundsCohort(tool) == lineage && MakerVersion.marksAll(tool) == lineage)
  }

  @Test(
    "before 0.8.0 answers were read otherwise, and debris of the cohort alone was weighed",
    arguments: [
      ("retort 0.1.0", false), ("retort 0.7.0", false), ("retort 0.7.12", false), ("retort 0.8.0", true),
      ("retort 0.10.0", true), ("retort 1.0.0", true), ("t", true), (nil, true),
    ] as [(String?, Bool)])
  func reading(tool: String?, askedAlone: Bool) {
    #expect((StoredReading(by: tool) == .present) == askedAlone)
    #expect(MakerVersion.rules(tool).weighsAllDebris == !askedAlone)
  }

  @Test(
    "before 0.10.0 prompts that were given back were words, and what an answer denies a claim",
    arguments: [
      ("retort 0.8.0", false), ("retort 0.9.4", false), ("retort 0.10.0", true), ("retort 1.0.0", true), (nil, true),
    ] as [(String?, Bool)])
  func echoes(tool: String?, found: Bool) {
    let rules = MakerVersion.rules(tool)
    #expect(rules.findsEchoes == found && rules.readsDenials == found)
    #expect((rules == .present) == found && StoredReading.mayDiffer(by: tool) == !found)
  }
}
