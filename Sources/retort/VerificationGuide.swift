/// `VERIFY.md`, the directions that lie in evidence: what each file is, and how it is checked with tools that are not ours.
enum VerificationGuide {
  static let text = """
    # How to check this evidence

    Nothing here asks for trust in the program that made it. Needed: `sha256sum`, `openssl`, and for all of it at once
    `retort verify` or `verify.py` of the same project, which share no code.

    | file | what it is |
    |---|---|
    | `MANIFEST.sha256` | every other file with its SHA-256: `sha256sum -c MANIFEST.sha256` |
    | `MANIFEST.note` | signed note that names the SHA-256 of that list |
    | `protocol.json` | what was planned before the first request; its SHA-256 is part of every signed head |
    | `plan.jsonl` | every planned request, in its order; its SHA-256 is in the protocol |
    | `records.jsonl` | the log: one record a line, `prev` is the leaf of the line before; also the certificates that endpoints showed (`connection`) and what other clocks said (`clock`) |
    | `outcomes.jsonl` | for each attempt, in their order, the answer as it was read or the failure; each line's SHA-256 is in its record |
    | `blobs/sha256/` | raw bodies of requests and responses, and the probe sets, named by their SHA-256 |
    | `commitments.jsonl` | for each probe SHA-256(0x00, salt, probe); the Merkle root over them is in the protocol |
    | `revealed.jsonl` | salt and text of the probes that are shown |
    | `withheld.jsonl` | what is kept back; empty if nothing is |
    | `checkpoints/` | signed heads of the log: origin, number of records, Merkle root |
    | `consistency/` | for each head but the first, the proof that it continues the one before (RFC 9162, 2.1.4) |
    | `witnesses/` | the same heads with the signatures of others |
    | `time-stamps/` | RFC 3161 requests (`.tsq`) and responses (`.tsr`) over the checkpoint of the same number |
    | `keys.txt` | the keys that signed, by the evidence's own word: compare them with what was published |
    | `analysis/`, `report/` | the calibration, and the report that was computed with it |

    ## By hand

    1. `sha256sum -c MANIFEST.sha256`, and no file beside those listed and the two of the list itself.
    2. A leaf is SHA-256(0x00, line without its end), a node SHA-256(0x01, left, right), as in RFC 6962. The root of the
       first *n* lines of `records.jsonl` is the third line of the checkpoint of size *n*, in base 64.
    3. A note (C2SP signed-note) is its text, an empty line, and a line `— NAME BASE64`: four bytes of the key's ID, and the
       Ed25519 signature of the text. A key is `NAME+ID+BASE64`; its first byte is 1, the 32 others are the public key.
    4. `openssl ts -verify -data checkpoints/00001.note -in time-stamps/00001.1.tsr -CAfile AUTHORITY.pem`
       Where the protocol promises time stamps (`custody`), each authority stamps the first checkpoint and the last, or the
       log says after its last attempt (`clock`, `problem`) that it did not answer. `coverage` tells which checkpoints have
       none, and what the holder of the key could have written anew.
    5. A proof in `consistency/` leads from the root of the checkpoint before to that of the checkpoint of the same number,
       without the records (RFC 9162, 2.1.4.2). Who was shown a head earlier gives it: `retort verify --head`.
    6. The first record is the protocol; the first checkpoint, and its time stamp, come before the first attempt.
    7. Every item of the plan has an attempt, and one at most that did not fail.
    8. `retort verify` computes the report anew from `outcomes.jsonl`. Numbers may differ in their last digit where another
       processor computes them.

    ## What this shows, and what it cannot

    It shows that nothing was changed, dropped or added after it was signed; with time stamps, not after their time, as far as a
    stamp, another party's signature or a head that was shown earlier covers it: what stands after the last of these, its
    signer could have written anew, and left failed attempts out; and
    that questions, order and analysis were fixed before. It does not show that the endpoints gave these answers: an
    operator can invent them, and an endpoint can serve the one who asks differently. A certificate in the log names the key
    that answered, not the model behind it; the chain above it was checked, and is not kept: the transport gives the leaf
    only. Against the first helps that two
    parties run the same protocol and exchange signed heads before either sees a result; against both, asking again.

    """
}
