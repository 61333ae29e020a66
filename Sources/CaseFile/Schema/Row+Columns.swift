import Foundation
import GRDB

/// Values of a row by their place. A file may have been altered: a value of another kind is damage, not a crash.
extension Row {
  func text(_ index: Int) throws -> String {
    guard case .string(let value) = storage(index) else { throw Self.unexpected }
    return value
  }

  func textIfAny(_ index: Int) throws -> String? { storage(index) == .null ? nil : try text(index) }

  func integer(_ index: Int) throws -> Int {
    guard case .int64(let value) = storage(index) else { throw Self.unexpected }
    return Int(value)
  }

  func bytes(_ index: Int) throws -> [UInt8] {
    guard case .blob(let value) = storage(index) else { throw Self.unexpected }
    return Array(value)
  }

  func storage(_ index: Int) -> DatabaseValue.Storage { (self[index] as DatabaseValue).storage }

  private static let unexpected = DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a value of an unexpected kind")
}
