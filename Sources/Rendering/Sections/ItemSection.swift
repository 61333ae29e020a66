import Cases
import Reporting

extension Item {
  static func section(_ items: [Item]) -> ReportSection {
    ReportSection(
      "Items and declared identity",
      [
        .text(ItemWording.assumption),
        .table(
          ReportTable(
            "What was compared, and on whose word it is what it is called",
            ["model", "role", "access", "identity, as declared", "first attempt", "last attempt"],
            items.map {
              [$0.model.rawValue, $0.role.rawValue, $0.access, $0.identity, $0.first ?? "–", $0.last ?? "–"]
            })),
      ])
  }
}
