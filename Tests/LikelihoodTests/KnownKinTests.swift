import Cases
import Likelihood
import Testing

@Suite("Kinship looked up once a model")
struct KnownKinTests {
  /// Every kind of kinship, models of which nothing is known, a documented student, a derived model, and a name twice.
  private static let lineage = Lineage([
    ModelID("a1"): .init(developer: "A"), ModelID("a2"): .init(developer: "A"),
    ModelID("b"): .init(developer: "B", base: "a1"), ModelID("c1"): .init(developer: "C", family: "f"),
    ModelID("c2"): .init(developer: "D", family: "f"), ModelID("e1"): .init(developer: "E", base: "root"),
    ModelID("e2"): .init(developer: "F", base: "root"),
    ModelID("student"): .init(developer: "G", teachers: [ModelID("a1")]), ModelID("h"): .init(developer: "H"),
    ModelID("i"): .init(developer: "I"),
  ])

  @Test("members and rivals of every pair are those of a cohort that is gone through for it")
  func members() {
    let models = ["u", "a1", "a2", "b", "c1", "c2", "e1", "e2", "student", "h", "i", "unknown", "h"].map {
      ModelID($0)
    }
    let kin = KnownKin(models, Self.lineage)
    var (members, rivals): (Set<[ModelID]>, Set<[ModelID]>) = ([], [])
    for suspect in models + [ModelID("elsewhere")] {
      for candidate in models {
        let found = kin.members(suspect: suspect, candidate: candidate)
        #expect(
          found
            == CohortSelection(from: models, suspect: suspect, candidate: candidate, lineage: Self.lineage).members)
        let others = kin.rivals(suspect: suspect, candidate: candidate)
        #expect(
          others
            == RivalLead.rivals(from: models, suspect: suspect, candidate: candidate, lineage: Self.lineage))
        members.insert(found)
        rivals.insert(others)
      }
    }
    #expect(members.count > 20 && rivals.count > 20)
  }
}
