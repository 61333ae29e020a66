import Formats
import GRDB

extension CaseFileError {
  /// What an error of SQLite means for the case file.
  static func meaning(of error: DatabaseError, file: String) -> any Error {
    let message = error.message ?? "\(error.extendedResultCode)"
    switch error.resultCode {
    case .SQLITE_FULL: return CaseFileError.diskFull(file: file)
    case .SQLITE_BUSY, .SQLITE_LOCKED: return FileError.inUse(file: file, holder: FileHolder(of: file))
    case .SQLITE_NOTADB: return CaseFileError.notSQLite(file: file)
    case .SQLITE_CORRUPT: return CaseFileError.caseDamaged(file: file, reason: message)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH:
      return FileError.unwritable(file: file, reason: message)
    default:
      return CaseFileError.databaseFailed(
        file: file, code: Int(error.extendedResultCode.rawValue), message: message)
    }
  }

  /// Runs `body` and names `file` in what SQLite complains about.
  static func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw meaning(of: error, file: file)
    } catch let error as RowDecodingError {
      throw CaseFileError.caseDamaged(file: file, reason: "\(error)")
    }
  }
}
