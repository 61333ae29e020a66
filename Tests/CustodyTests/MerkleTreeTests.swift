import Custody
import Formats
import Foundation
import TestSupport
import Testing

@Suite("Merkle tree")
struct MerkleTreeTests {
  /// The leaves of the tests of RFC 6962's reference implementation (certificate-transparency-go), and the roots by size.
  static let entries = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ]
  static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  static func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.utf8.count, by: 2).compactMap { place in
      UInt8(hex.dropFirst(place).prefix(2), radix: 16)
    }
  }

  static let tree = MerkleTree(leaves: entries.map { MerkleTree.leaf(bytes($0)) })

  @Test("roots are those of the reference implementation")
  func vectors() {
    for (size, root) in Self.roots.enumerated() { #expect(Self.tree.root(size: size).hex == root) }
  }

  @Test(
    "proofs are those of the reference implementation",
    arguments: [
      (
        0, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ])
  func inclusionVectors(index: Int, size: Int, proof: [String]) {
    #expect(Self.tree.inclusionProof(of: index, size: size).map(\.hex) == proof)
  }

  @Test(
    "consistency proofs are those of the reference implementation",
    arguments: [
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 7,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
    ])
  func consistencyVectors(old: Int, size: Int, proof: [String]) {
    #expect(Self.tree.consistencyProof(from: old, size: size).map(\.hex) == proof)
    #expect(Self.grown(Self.tree.leaves, from: old, to: size)?.map(\.hex) == proof)
  }

  /// The proof from one size to another of leaves that come by once.
  static func grown(_ leaves: [Digest], from old: Int, to size: Int) -> [Digest]? {
    var tree = CompactRange()
    for leaf in leaves[..<old] { tree.append(leaf) }
    var prover = ConsistencyProver(from: tree, to: size)
    for leaf in leaves[old..<size] { prover?.append(leaf) }
    return prover?.proof
  }

  @Test("a tree that holds no leaves has the same roots and gives the same proofs")
  func withoutLeaves() {
    let leaves = (0..<70).map { MerkleTree.leaf([UInt8($0)]) }
    let whole = MerkleTree(leaves: leaves)
    var tree = CompactRange()
    #expect(tree.root == whole.root(size: 0))
    for size in 1...70 {
      tree.append(leaves[size - 1])
      #expect(tree.root == whole.root(size: size))
      for old in 1...size {
        #expect(Self.grown(leaves, from: old, to: size) == whole.consistencyProof(from: old, size: size))
      }
    }
    #expect(ConsistencyProver(from: CompactRange(), to: 5) == nil, "no proof starts from nothing")
    #expect(Self.grown(Array(leaves.prefix(9)), from: 4, to: 9) != nil)
    var unfinished = ConsistencyProver(from: tree, to: 72)
    unfinished?.append(leaves[0])
    #expect(unfinished != nil && unfinished?.proof == nil, "a leaf is missing")
    var chain = ConsistencyChain(sizes: [2, 3, 64, 70])
    for leaf in leaves { chain.append(leaf) }
    #expect(chain.proofs == [(2, 3), (3, 64), (64, 70)].map { whole.consistencyProof(from: $0, size: $1) })
  }

  /// Proofs made, and checked, as RFC 6962, 2.1.2, and RFC 9162, 2.1.4.2, say it, by a program that shares nothing with ours.
  private static let independent = """
    import hashlib, json, sys
    H = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
    def k(n):
        power = 1
        while power * 2 < n: power *= 2
        return power
    def MTH(D):
        if not D: return H()
        if len(D) == 1: return H(b"\\0", D[0])
        return H(b"\\1", MTH(D[:k(len(D))]), MTH(D[k(len(D)):]))
    def PROOF(m, D): return SUBPROOF(m, D, True)
    def SUBPROOF(m, D, b):
        n = len(D)
        if m == n: return [] if b else [MTH(D)]
        if m <= k(n): return SUBPROOF(m, D[:k(n)], b) + [MTH(D[k(n):])]
        return SUBPROOF(m - k(n), D[k(n):], False) + [MTH(D[:k(n)])]
    def verified(first, second, first_hash, second_hash, path):
        if first == second: return not path and first_hash == second_hash
        if not path: return False
        if first & (first - 1) == 0: path = [first_hash] + path
        fn, sn = first - 1, second - 1
        while fn & 1: fn >>= 1; sn >>= 1
        fr = sr = path[0]
        for c in path[1:]:
            if sn == 0: return False
            if fn & 1 or fn == sn:
                fr, sr = H(b"\\1", c, fr), H(b"\\1", c, sr)
                while not fn & 1 and fn: fn >>= 1; sn >>= 1
            else: sr = H(b"\\1", sr, c)
            fn >>= 1; sn >>= 1
        return fr == first_hash and sr == second_hash and sn == 0
    leaves = [bytes([n]) for n in range(33)]
    given = json.load(sys.stdin)
    made = {f"{m} {n}": [p.hex() for p in PROOF(m, leaves[:n])] for n in range(1, 34) for m in range(1, n + 1)}
    holds = all(verified(*map(int, key.split()), MTH(leaves[:int(key.split()[0])]), MTH(leaves[:int(key.split()[1])]),
                         [bytes.fromhex(p) for p in proof]) for key, proof in given.items())
    print(json.dumps({"same": made == given, "holds": holds, "count": len(given)}))
    """

  @Test(
    "proofs are those that another program makes and accepts from the words of the RFCs",
    .enabled(if: IndependentPython.isHere, "\(IndependentPython.note)"))
  func independentProofs() throws {
    let leaves = (0..<33).map { MerkleTree.leaf([UInt8($0)]) }
    var proofs: [String: JSONValue] = [:]
    for size in 1...33 {
      for old in 1...size {
        proofs["\(old) \(size)"] = .array((Self.grown(leaves, from: old, to: size) ?? []).map { .string($0.hex) })
      }
    }
    let output = try IndependentPython.run(Self.independent, input: Data(JSONValue.object(proofs).canonical.utf8))
    #expect(
      JSONValue(parsing: Array(output)) == .object(["same": .bool(true), "holds": .bool(true), "count": .integer(561)]))
  }

  @Test("in trees of up to 40 leaves every proof holds, and none does for another leaf, place, size or root")
  func properties() {
    let tree = MerkleTree(leaves: (0..<40).map { MerkleTree.leaf([UInt8($0)]) })
    for size in 1...40 {
      let root = tree.root(size: size)
      for index in 0..<size {
        let proof = tree.inclusionProof(of: index, size: size)
        let leaf = tree.leaves[index]
        #expect(MerkleTree.root(from: leaf, index: index, size: size, proof: proof) == root)
        #expect(MerkleTree.root(from: root, index: index, size: size, proof: proof) != root || size == 1)
        #expect(MerkleTree.root(from: leaf, index: index, size: size, proof: proof + [leaf]) == nil)
        if size > 1 { #expect(MerkleTree.root(from: leaf, index: index, size: size, proof: proof.dropLast()) == nil) }
      }
      for old in 1...size {
        let proof = tree.consistencyProof(from: old, size: size)
        let before = tree.root(size: old)
        #expect(MerkleTree.isConsistent(old: (old, before), new: (size, root), proof: proof))
        #expect(!MerkleTree.isConsistent(old: (old, tree.leaves[0]), new: (size, root), proof: proof) || old == 1)
        #expect(!MerkleTree.isConsistent(old: (old, before), new: (size, tree.leaves[1]), proof: proof))
        #expect(!MerkleTree.isConsistent(old: (old, before), new: (size, root), proof: proof + [before]))
      }
    }
    #expect(MerkleTree.isConsistent(old: (0, Digest(of: "")), new: (9, tree.root(size: 9)), proof: []))
  }
}
