import Cases
import Likelihood
import Testing

@Suite("Bases, however far back")
struct BaseAncestryTests {
  private static func lineage(_ bases: [String: String], teachers: [String: [String]] = [:]) -> Lineage {
    let names = Set(bases.keys).union(teachers.keys)
    return Lineage(
      Dictionary(
        uniqueKeysWithValues: names.map { name in
          (
            ModelID(name), Lineage.Entry(base: bases[name], teachers: (teachers[name] ?? []).map { ModelID($0) })
          )
        }))
  }

  @Test("two models of one root are related by every way there, and neither to a model of another root")
  func transitive() {
    let ancestry = BaseAncestry([
      Self.lineage([
        "claude2-alpaca": "Llama-2-13B", "tulu": "Llama-2-13B", "pairrm-tulu": "tulu", "best": "pairrm-tulu",
        "mistral-tune": "Mistral-7B",
      ])
    ])
    #expect(ancestry.bases(of: ModelID("best")) == ["pairrmtulu", "tulu", "llama213b"])
    #expect(ancestry.areRelated(ModelID("best"), ModelID("claude2-alpaca")))
    #expect(ancestry.areRelated(ModelID("best"), ModelID("tulu")))
    #expect(!ancestry.areRelated(ModelID("best"), ModelID("mistral-tune")))
    #expect(!ancestry.areRelated(ModelID("nobody"), ModelID("nobody")))
  }

  @Test("the tables of all sets are one, however each spells a name")
  func severalTables() {
    let ancestry = BaseAncestry([
      Self.lineage(["shisa": "Meta-Llama-3.1-8B-Instruct"]),
      Self.lineage(["meta-llama__Meta-Llama-3.1-8B-Instruct": "Llama-3.1-8B", "other": "llama 3.1 8b"]),
    ])
    #expect(ancestry.areRelated(ModelID("shisa"), ModelID("other")))
  }

  @Test("an entry of several names is all of those that stand elsewhere")
  func severalNames() {
    let ancestry = BaseAncestry([
      Self.lineage([
        "krikri": "Krikri-Base (Llama-3.1-8B)", "minichat": "MiniMA (distilled from Llama-2-7B)",
        "corrected": "qwen-chat + Gemma-2B corrector", "llama": "Llama-3.1-8B", "vicuna": "Llama-2-7B",
        "qwen-chat": "Qwen1.5", "small": "A (pruned)", "cut": "B (pruned)",
      ])
    ])
    #expect(ancestry.areRelated(ModelID("krikri"), ModelID("llama")))
    #expect(ancestry.areRelated(ModelID("minichat"), ModelID("vicuna")))
    #expect(ancestry.bases(of: ModelID("corrected")) == ["qwenchat", "qwen1.5"])
    #expect(!ancestry.areRelated(ModelID("small"), ModelID("cut")))
  }

  @Test("what says that nothing is known is no common base, and a circle ends")
  func unknown() {
    let ancestry = BaseAncestry([
      Self.lineage(["a": "undisclosed", "b": "undisclosed", "c": "Unknown", "x": "y", "y": "z", "z": "x", "w": "w"])
    ])
    for one in ["a", "b", "c"] { #expect(ancestry.bases(of: ModelID(one)).isEmpty) }
    #expect(ancestry.bases(of: ModelID("x")) == ["x", "y", "z"])
    #expect(ancestry.bases(of: ModelID("w")) == ["w"])
  }

  @Test("the teachers behind a model are its own and those of what it was tuned from")
  func teachers() {
    let ancestry = BaseAncestry([
      Self.lineage(["exp": "tulu", "tulu": "Llama-2"], teachers: ["exp": ["gpt-4"], "tulu": ["davinci"]])
    ])
    #expect(ancestry.teachers(behind: ModelID("exp")) == [ModelID("gpt-4"), ModelID("davinci")])
    #expect(ancestry.teachers(behind: ModelID("tulu")) == [ModelID("davinci")])
  }
}
