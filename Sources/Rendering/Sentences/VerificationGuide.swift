/// `VERIFY.md`, the directions that lie in evidence: what each file is, and how it is checked with tools that are not ours.
package enum VerificationGuide {
  package static let text = """
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
    | `blobs/sha256/` | raw bodies of requests and responses, the probe sets, and files of answers that were recorded before the case, named by their SHA-256: two digits, a slash, 62 digits |
    | `commitments.jsonl` | for each probe SHA-256(0x00, salt, probe); the Merkle root over them is in the protocol |
    | `revealed.jsonl` | salt and text of the probes that are shown |
    | `withheld.jsonl` | what is kept back: probes, and the SHA-256 of texts; empty if nothing is |
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
    3. A note (C2SP signed-note) is its text, an empty line, and a line `— NAME BASE64`: four bytes of the key's ID, and
       the Ed25519 signature of the text. A key is `NAME+ID+BASE64`; its first byte is 1, the 32 others are the public
       key.
    4. `openssl ts -verify -data checkpoints/00001.note -in time-stamps/00001.1.tsr -CAfile AUTHORITY.pem`. Where the
       protocol promises time stamps (`custody`), each authority stamps the first checkpoint and the last, or the log says
       after its last attempt (`clock`, `problem`) that it did not answer. `coverage` tells which checkpoints have none,
       and what the holder of the key could have written anew.
    5. A proof in `consistency/` leads from the root of the checkpoint before to that of the checkpoint of the same
       number, without the records (RFC 9162, 2.1.4.2). Who was shown a head earlier gives it: `retort verify --head`.
    6. The first record is the protocol; the first checkpoint, and its time stamp, come before the first attempt.
    7. The plan has each model that is asked, each probe, and each sample of it from 0 on, once, and no seed twice: as many
       samples as the probe says (`samples`), else the protocol; of a sealed probe as many of each model.
       Each probe is in a probe set of the protocol (`id` or `prompt_id`) with this `prompt system samples max_tokens
       temperature`, and each of a set is committed to; where a set is withheld, as far as the others show.
       Every item of the plan has an attempt, and one at most that did not fail. Within 2 s both clocks of a run go together,
       and attempts end in their order; one without a response that ends as it began was lost, and has no end.
    8. A request is what its dialect makes of model and sampling in `protocol.json`, the item of the plan and the probe; a
       response read by its dialect gives the line of `outcomes.jsonl`. Failures are told in the program's own words,
       which are not compared; but a response that holds a whole answer did not fail, unless its time or its length shows
       that it was cut off: `no complete response in time`, and it took as long as `timeout_milliseconds` of the
       circumstances, which are 1,000 at least; `response cut off: …`, and its `content-length` announces more than is
       here; `response of more than 8388608 bytes`, of which 65,536 are kept. Such attempts are counted apart.
    9. The hash of an attempt is SHA-256("retort.attempt/1", the fields of its row). The fields are those of the record in
       the order `id run planned_order model probe sample request_seed started ended started_ns first_byte_ns ended_ns url
       request_headers request status response_headers response redacted outcome answer failure charged_tokens`, then the
       hash of the attempt before. A field is a byte for its kind (0 none, 1 integer in 8 bytes, 2 text, 3 bytes), its
       length in 8 bytes, and its content, big-endian. Headers are canonical JSON, `answer` and `failure` the line of
       `outcomes.jsonl`. Before the first stands SHA-256("retort.plan/1", SHA-256 of the measurement in the protocol as
       bytes, and for each item of the plan `order model probe sample seed`).
    10. `retort verify` computes the report anew from `outcomes.jsonl`: every number, name and raw word of
        `report/result.json` must come out again. Numbers with a fraction may differ in their last digit where another C
        library has other logarithms. Sentences, `report.md` and `report.html` are compared only by the program that made them,
        which the report names and a record of the log must name too. Of a report by another program the line `sentences`
        says that they may say anything: read `result.json`, or have them made anew.
        One sealed probe switches this off: then no number and no sentence is compared, requests with that probe are not
        built again, and its responses and answers are not read. `verify.py` compares no report at all.

    ## What each line must be

    A verifier accepts nothing else; exit codes of `retort verify` and `verify.py` are equal, and the least of several: 20
    something was changed, or is not of this form; 21 a signature or `keys.txt`; 22 a time; 23 the plan was not followed
    to its end; 24 the report (`retort verify` alone); 25 requests and responses, or the chain of attempts; 3 there is no
    evidence; 64 an option, or the key, head or certificates that it names, cannot be read. A file of a key holds one and
    nothing else but white space around it; of the certificates in a file, all must be readable.

    - **JSON** is canonical (RFC 8785): one text for one value, no member twice, no two names that print alike (Unicode
      normal form C), no half pairs of surrogates, at most 256 levels. Whole numbers of 64 bits keep all their digits; no
      other number is beyond those of a double. Each line of a `.jsonl` file is one object, and ends with a line feed, the
      last too.
    - **Sizes**: a line has at most 67,108,864 bytes, and so has a file that is read whole, but for a stamp's (8,388,608)
      and recorded answers (2,147,483,648). Of a longer line the beginning counts, of a larger file nothing.
    - **Digests** have 64 hexadecimal digits, lower case. **Times** are `YYYY-MM-DDThh:mm:ss.mmmZ`, a day of the calendar
      from year 1 on, hours to 23, seconds to 59. **Counts** are whole numbers from 0 to 2⁵³−1; `started_ns`,
      `first_byte_ns`, `ended_ns` and `charged_tokens` from 2⁵³ on are text in decimal digits, less than 2⁶³. **Numbers in
      notes and names of files** are decimal digits without sign or leading zeros but those of the name.
    - **Files** are regular ones: no links, pipes, sockets, devices, no empty folders. Their paths are those of the table
      and no others. Below `report/` and `analysis/` lie `report/result.json`, `report/report.md`, `report/report.html`
      and, if one was used, `analysis/calibration.json`; of a case that gives models others' answers
      `report/likelihood.json` in place of all these. In an archive they stand in the order in which `retort export` writes
      them.
      Checkpoints are numbered from 00001 without a gap; a proof, a witness or a time stamp has the number of a
      checkpoint, time stamps of one are numbered from 1 and have `.tsq`, `.tsr` and `.txt`. `MANIFEST.sha256` lists every
      file but itself and its note, sorted by the bytes of the path, each as `DIGEST  PATH`.
    - **Notes**: UTF-8 without control characters but line feeds, at most 1 MiB, 1 to 100 signatures; names have no white
      space and no `+`; base 64 is canonical. A checkpoint has three lines and no more; its origin ends in `/case/` and 16
      digits of the protocol's digest. A line of `keys.txt` is a key, none is there twice.
    - **Records** have `v` 1, `kind`, `seq` (the place, from 0), `prev`, and these members and no others (those in
      brackets may be missing):
      - `protocol`, the first and only: `protocol recorded tool`.
      - `circumstances`: `circumstances recorded tool changes`; of changes `what [before after]`.
      - `run`: `run started tool`; each number once, before its attempts.
      - `attempt`: `id` (from 1, without a gap) `run planned_order model probe sample request_seed started ended
        started_ns [first_byte_ns] ended_ns url request_headers request [status response_headers response] redacted
        outcome [answer] [failure] charged_tokens hash`. Status, headers and digest of a response are all there or none;
        `outcome` is `ok empty truncated refused filtered` with an answer, or `failed` with a failure; `redacted` is 0 or
        1.
      - `capability`: `model tool recorded findings exchanges`; of findings `aspect standing requested observed`, of
        exchanges `name started ended url request [problem]`, and `status response` both or neither.
      - `analysis`: `analysis recorded tool`, with `method [calibration_sha256]`. `connection`: `host version certificate
        certificate_sha256 spki_sha256 recorded [address]`. `clock`: `server moment recorded`, and `problem` or `offset_us
        delay_us stratum`.
    - **Outcomes**: an answer has `text [reasoning reasoning_source finish native_finish prompt_tokens completion_tokens
      reasoning_tokens declared_model fingerprint tokens prompt_tokens_logprobs pasted others response_id]`, a token `token
      [id bytes logprob top_logprobs]`, a failure `kind detail`. Of the tokens in a response an answer has those that the
      protocol asks for: its own with `logprobs` or `prompt_logprobs` unless `logprobs` is in `omit`, those of the prompt
      with `prompt_logprobs`; none of its own if they are more than 8 beyond the bytes of `text` and `reasoning`; of
      alternatives `top_logprobs` (5) and one, which have none. In a run whose `tool` begins with `retort 0.1.` to
      `retort 0.7.` it has all that came instead, and may lack `response_id`.
    - **Other lines**: of the plan `order model probe sample seed`, in the order of `order` from 0; of commitments `probe
      leaf`; of revealed probes `probe salt text`, the text being the canonical JSON of a probe: `id prompt [system
      category language samples max_tokens temperature reads given]`. No probe is committed to or revealed twice.
    - **Withheld**: `{"probe":ID,"what":"probe"}`, or `{"sha256":DIGEST,"what":"request"|"response"|"outcome"|"probe
      set"|"recorded answers"}`, none twice. A probe that is listed is committed to, planned, and not revealed; a text is
      absent, and is what its line says: the request, the response or the outcome of an attempt with such a probe, one of
      the probe sets, or a file of recorded answers; of a text that is several of these the line says one. What is not
      listed is here.
    - **Recorded answers**: a model of the protocol has `url served_model dialect …`, or `recorded` with `file sha256
      answers probes by_prompt left_out [by date from temperature top_p max_tokens template]`. Such a model is never asked.
      The body with that SHA-256 is JSON lines in UTF-8, compressed by gzip with nothing behind it, or not. A line ends with
      LF or CR LF, the last may lack it; empty lines aside, each is JSON as an endpoint may send it (a mark of byte order
      before it, `NaN`, `1e400` as if absent, the last of two members of one name), but without half pairs of surrogates, of
      64 MiB and 40,000,000 units at most, and an object: the text `text`, and `prompt_id` or `prompt [system]` or both. What
      is there of `prompt_id` and `reasoning` is a text, `sample` a whole number from 0 to 1,000,000,000, `logprobs` a list
      of tokens as above, also with `1.0` for `1`; `null` counts as absent. A line answers the probe of its `prompt_id`, whose prompt must then be its `prompt`, if it has one; else the
      probe with its system prompt and prompt, white space at both ends aside; else it is left out. No probe is answered
      twice by one `sample`. The counts are those of the protocol. That the model gave these answers is the operator's word.
    - **Responses** that are read have at most 8,388,608 bytes, a stream at most 65,536 events. A JSON document has at
      most 4,000,000 units, all events of a stream together 12,000,000: a value is one, a member of an object one more, a
      list or an object five more. What is larger holds no answer.
    - **Time stamps** are RFC 3161 in DER with tags of one byte, none of them 0, and lengths of 4 bytes at most, which but
      in certificates of a stamp need not be the shortest. What is made of values is made of them to the bottom, 50 deep at
      most. They have status 0 or 1, a SHA-256, the nonce of the request, one signer, whose attributes hold the digest of
      the statement once. The signature is RSA (PKCS #1 v1.5, 2,048 bits at least) or ECDSA (P-256, P-384, P-521) with
      SHA-256, 384 or 512, the same digest for attributes and signature; so is that of each certificate on the way from the
      signer to an authority that is trusted, by at most four between them. A certificate has version 1 or 3, each extension
      once, and `critical` as DER writes it; one that is none of that is none. Names are compared by their bytes.
      Times are `YYYYMMDDhhmmssZ`, with a fraction behind a point or without, in certificates also with two digits of the
      year; a day of the calendar, seconds to 59. A stamp or a cosignature is not earlier than the attempts that it covers.
    - **Bodies** that lie here are referred to: by an attempt, a check of an endpoint or the protocol, or they are the
      request of an item of the plan, which was in flight when a program ended.

    What cannot be read again is counted and named: withheld responses, requests with sealed probes, and the exchanges of
    checks of endpoints, of which only the digests are compared; what those checks found is the operator's word. Names of
    cosigners and of time-stamping authorities in the report are words of the notes and of the operator: give `--witness`
    and `--authority` to have them checked. A response in which a key was masked (`redacted`) was read
    after that, and is read again like any other. What a person pasted (`manual`) has no response of an endpoint.

    ## What this shows, and what it cannot

    It shows that nothing was changed, dropped or added after it was signed; with time stamps, not after their time, as
    far as a stamp, another party's signature or a head that was shown earlier covers it: what stands after the last of
    these, its signer could have written anew, and left failed attempts out; and that questions, order and analysis were
    fixed before. It does not show that the endpoints gave these answers: an operator can invent them, raw responses too,
    and an endpoint can serve the one who asks differently. A certificate in the log names the key that answered, not the
    model behind it; the chain above it was checked, and is not kept: the transport gives the leaf only. Against the first
    helps that two parties run the same protocol and exchange signed heads before either sees a result; against both,
    asking again.

    """
}
