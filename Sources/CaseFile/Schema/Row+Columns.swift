import Foundation
import GRDB

/// Values of a row by the name of their column. A file may have been altered: a value of another kind is damage, not a crash.
extension Row {
  func text(_ column: String) throws -> String {
    guard case .string(let value) = storage(column) else { throw Self.unexpected }
    return value
  }

  func textIfAny(_ column: String) throws -> String? { storage(column) == .null ? nil : try text(column) }

  func integer(_ column: String) throws -> Int {
    guard case .int64(let value) = storage(column) else { throw Self.unexpected }
    return Int(value)
  }

  func bytes(_ column: String) throws -> [UInt8] {
    guard case .blob(let value) = storage(column) else { throw Self.unexpected }
    return Array(value)
  }

  func integerIfAny(_ column: String) throws -> Int? { storage(column) == .null ? nil : try integer(column) }

  func bytesIfAny(_ column: String) throws -> [UInt8]? { storage(column) == .null ? nil : try bytes(column) }

  private func storage(_ column: String) -> DatabaseValue.Storage { (self[column] as DatabaseValue).storage }

  private static let unexpected = DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a value of an unexpected kind")
}
