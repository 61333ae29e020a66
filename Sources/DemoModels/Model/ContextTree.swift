/// What followed each context in the training answers.
///
/// A node is a context; its child by token `t` is the context with `t` before it. The root is the empty context. The
/// start of an answer counts as one token.
struct ContextTree: Sendable {
  typealias Node = Int

  /// `token` followed the context once in training answer `document`.
  struct Follower: Sendable {
    let token: Int
    let document: Int
  }

  static let root: Node = 0
  static let startOfText = -1

  let order: Int
  private var children: [UInt64: Node] = [:]
  /// Of each node, sorted by token, then by document.
  private var followers: [[Follower]] = [[]]

  init(answers: [[Int]], order: Int) {
    self.order = order
    for (document, answer) in answers.enumerated() {
      for position in answer.indices {
        let follower = Follower(token: answer[position], document: document)
        var node = Self.root
        followers[node].append(follower)
        for distance in 1..<max(1, order) where position - distance >= -1 {
          let token = position == distance - 1 ? Self.startOfText : answer[position - distance]
          node = childMade(of: node, by: token)
          followers[node].append(follower)
        }
      }
    }
    for node in followers.indices {
      followers[node].sort { ($0.token, $0.document) < ($1.token, $1.document) }
    }
  }

  func followers(of node: Node) -> [Follower] { followers[node] }

  func child(of node: Node, by token: Int) -> Node? { children[Self.key(node, token)] }

  private mutating func childMade(of node: Node, by token: Int) -> Node {
    let key = Self.key(node, token)
    if let child = children[key] { return child }
    let child = followers.count
    children[key] = child
    followers.append([])
    return child
  }

  private static func key(_ node: Node, _ token: Int) -> UInt64 {
    UInt64(UInt32(node)) << 32 | UInt64(UInt32(bitPattern: Int32(token)))
  }
}
