/// How the report is computed anew by anybody, and how near the result must come.
package enum RecomputationWording {
  static let ofCase = "The case file, or its evidence with `retort verify EVIDENCE`."

  static let ofFiles = """
    The files whose SHA-256 stand with the models, `--candidate` once for each, in their order; `--lineage`, `--corpus` and `--probes` as they were given.
    """

  static let calibration = "The calibration whose SHA-256 stands with the validation set."

  static let noNetwork = "No network is used."

  static let tolerance = """
    The same program gives the same bytes, on any number of cores and by any kernel of its linear algebra. \
    Where the C library, or what it takes for another kind of processor, has other logarithms, a number with a fraction may differ by one unit of its last digit, or by 1 in 100,000; every word and every whole number is the same.
    """

  static let notRepeatable = """
    Nothing in the computation is random but what the seed fixes. \
    Asking the endpoints again gives other answers, and so other numbers, within about the intervals.
    """

  package static let validation = "`make validate` of the source; its figures are in Reports/validation"
}
