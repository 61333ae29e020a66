/// An address that names nothing in the case.
struct NoSuchThing: Error {
  let sentence: String
}
