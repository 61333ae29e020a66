/// The port is in use, or not ours to take.
package struct PortTaken: Error, Hashable {
  package let port: Int
}
