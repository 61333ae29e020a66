/// English words of closed classes: articles, prepositions, pronouns, auxiliaries, conjunctions, and adverbs of degree.
///
/// 114 words, chosen for this project by class, not by frequency in any set of answers. Lists for Russian, Greek and Korean
/// (199, 149 and 127 words) were tried beside it, and of families apart told no more (`Reports/validation`).
enum FunctionWords {
  static let english = WordIndex(
    Dictionary(
      """
      the a an of to in and or is are was were be been it its this that these those for on with as by at from not but if then
      than so such can could may might will would shall should must do does did have has had i you he she we they him his her
      our your their my me us who whom which what when where why how there here all any some no each every both few many more
      most other another one two also just only very too much even about into over after before between under through during
      without within against while because although however therefore thus
      """.split { $0 == " " || $0 == "\n" }.compactMap { Tokens(String($0)).hashes.first }.map { ($0, 0) },
      uniquingKeysWith: { first, _ in first }))
}
