import Cases
import Reporting

extension Commission {
  /// What the report's maker was asked and told, verbatim.
  var section: ReportSection {
    func stated(_ text: String?) -> String { text ?? ItemWording.commissionNotStated }
    return ReportSection(
      "Commission",
      [
        .table(
          ReportTable(
            "What was asked, and what was told with it", ["", "as stated in the configuration of the case"],
            [
              ["asked by", stated(by)], ["question, as it was put", stated(question)],
              ["information supplied", stated(information)], ["known to have been withheld", stated(withheld)],
              ["interests of whoever made the case", stated(conflicts)],
              ["alternative to be weighed against", stated(alternative)],
            ]))
      ])
  }
}
