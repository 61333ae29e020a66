import GRDB

extension CaseFileError {
  /// What an error of SQLite means for the case file.
  init(_ error: DatabaseError, file: String) {
    let message = error.message ?? "\(error.extendedResultCode)"
    switch error.resultCode {
    case .SQLITE_FULL: self = .diskFull(file: file)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .caseInUse(file: file, holder: FileHolder(of: file))
    case .SQLITE_NOTADB: self = .notSQLite(file: file)
    case .SQLITE_CORRUPT: self = .caseDamaged(file: file, reason: message)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_AUTH: self = .unwritable(file: file, reason: message)
    default: self = .databaseFailed(file: file, code: Int(error.extendedResultCode.rawValue), message: message)
    }
  }

  /// Runs `body` and names `file` in what SQLite complains about.
  static func naming<Value>(_ file: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw CaseFileError(error, file: file)
    } catch let error as RowDecodingError {
      throw CaseFileError.caseDamaged(file: file, reason: "\(error)")
    }
  }
}
