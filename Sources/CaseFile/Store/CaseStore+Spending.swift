package import Cases
import Foundation
import GRDB

extension CaseStore {
  /// What an attempt is charged with, as far as the case file says.
  package struct Spending: Hashable, Sendable {
    package let model: ModelID
    /// nil for the check of an endpoint.
    package let probe: PromptID?
    package let tokens: Int
    /// Of these, as the endpoint counted them; nil where it did not.
    package let promptTokens: Int?

    package init(model: ModelID, probe: PromptID?, tokens: Int, promptTokens: Int?) {
      self.model = model
      self.probe = probe
      self.tokens = tokens
      self.promptTokens = promptTokens
    }
  }

  /// Requests that are charged with tokens: attempts in their order, then those of checks.
  package func spending() throws -> [Spending] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT model, probe, charged_tokens, json_extract(answer, '$.prompt_tokens') AS prompt_tokens FROM attempt
          WHERE charged_tokens > 0 ORDER BY id
          """)
      var spending: [Spending] = []
      while let row = try rows.next() {
        spending.append(
          Spending(
            model: ModelID(try row.text("model")), probe: PromptID(try row.text("probe")),
            tokens: try row.integer("charged_tokens"),
            promptTokens: try row.integerIfAny("prompt_tokens")))
      }
      guard try db.tableExists("capability") else { return spending }
      let checks = try Row.fetchCursor(
        db,
        sql: """
          SELECT model, charged_tokens FROM capability_exchange JOIN capability ON capability.id = capability
          WHERE charged_tokens > 0 ORDER BY capability_exchange.id
          """)
      while let row = try checks.next() {
        spending.append(
          Spending(
            model: ModelID(try row.text("model")), probe: nil, tokens: try row.integer("charged_tokens"),
            promptTokens: nil))
      }
      return spending
    }
  }
}
