/// The habit channels once more, in Python with NumPy, written from their definitions by somebody else than the Swift
/// code: reads [[[text of a sample, …] of a model, …] of a prompt, …] and prints the contributions by channel and prompt.
enum IndependentChannels {
  static let script = #"""
    import collections, json, re, sys, unicodedata
    import numpy as np
    TOKEN = re.compile(r"\w+|[^\w\s]")
    SPLIT = re.compile(r"[.!?。！？]+[\"')\]」』]*\s+|\n+|[。！？]")
    LEAD = "-*•#0123456789.) "
    MARKS = [",",";",":","!","?","(","\"","'","—","–","-","…","/","*","`","、","。","「","！","？","：","（","・","**"]
    WORDS = [{"i","me","my"},{"you","your"},{"we","our","us"},{"s","t","re","ll","ve","m","d"},{"however","but","although","though"},{"additionally","furthermore","moreover","also"},{"overall","conclusion","summary","ultimately"},{"may","might","could","can"},{"sure","certainly","absolutely","course"},{"here","following","below"},{"important","essential","crucial"},{"is","are","was","were"},{"the"},{"and"},{"that","which"},{"to"},{"of"},{"a","an"}]
    KANA = ["です","ます","である","ました","ください","こと","は","が","の","を","に","と"]
    def unspaced(texts):
      a = b = 0
      for t in texts:
        for c in t:
          o = ord(c); cjk = 0x3040<=o<=0x30ff or 0x3400<=o<=0x4dbf or 0x4e00<=o<=0x9fff or 0x0e00<=o<=0x0eff or o in (0x3005,0x3006,0x3007)
          if c.isalpha() or cjk: b += 1; a += cjk
      return 2*a > b
    def grams(units, lengths):
      return [(n, tuple(units[i:i+n])) for n in lengths for i in range(len(units)-n+1)]
    def cosines(documents):
      names = {}; counts = [collections.Counter(d) for d in documents]
      for c in counts:
        for f in c: names.setdefault(f, len(names))
      x = np.zeros((len(documents), max(len(names), 1)))
      for i, c in enumerate(counts):
        for f, k in c.items(): x[i, names[f]] = 1 + np.log(k)
      df = np.maximum((x > 0).sum(0), 1)
      x *= np.log(len(documents) / df)
      norm = np.sqrt((x*x).sum(1)); norm[norm == 0] = 1
      x /= norm[:, None]
      return x @ x.T
    def units(t, chars): return list(t.strip()) if chars else TOKEN.findall(t.lower())
    def opening(texts, chars):
      keys = [tuple(units(t, chars)[:4 if chars else 2]) for t in texts]
      return np.array([[float(a == b) for b in keys] for a in keys])
    def beginning(texts, chars):
      return cosines([grams(units(t, chars)[:30 if chars else 10], (2,3,4) if chars else (1,2,3)) for t in texts])
    def sentences(texts, chars):
      documents = []
      for t in texts:
        d = []
        for x in SPLIT.split(t):
          x = x.strip().lstrip(LEAD).lower()
          if not x: continue
          if chars: d += [(0, x[:5]), (1, x[:3])]
          else:
            w = TOKEN.findall(x)[:2]
            if w: d += [(0, " ".join(w)), (1, w[0])]
        documents.append(d)
      return cosines(documents)
    FUNCTION = set("""the a an of to in and or is are was were be been it its this that these those for on with as by at from not
      but if then than so such can could may might will would shall should must do does did have has had i you he she we they him his
      her our your their my me us who whom which what when where why how there here all any some no each every both few many more most
      other another one two also just only very too much even about into over after before between under through during without within
      against while because although however therefore thus""".split())
    def shape(w):
      if w in FUNCTION or not re.match(r"\w", w): return w
      if unicodedata.category(w[0]) == "Nd": return 0
      for number, endings in enumerate((["ing"], ["ed"], ["ly"], ["s"], ["tion", "ment", "ness", "ity"])):
        if any(w.endswith(e) for e in endings): return 1 + number
      return 9
    def skeleton(texts, chars):
      if chars:
        starts = [t.strip()[:600] for t in texts]
        return cosines([[a + b for a, b in zip(s, s[1:]) if ord(a) < 0x3100 and ord(b) < 0x3100] for s in starts])
      return cosines([grams([shape(w) for w in TOKEN.findall(t.lower())[:400]], (3, 4)) for t in texts])
    def closing(texts, chars):
      return cosines([grams(units(t, chars)[-30 if chars else -10:], (2,3,4) if chars else (1,2,3)) for t in texts])
    def features(t):
      n = max(len(t), 1); L = [x.strip() for x in t.split("\n") if x.strip()]; nl = max(len(L), 1)
      ns = max(len([x for x in SPLIT.split(t) if x.strip()]), 1)
      W = re.findall(r"\w+", t); lo = [w.lower() for w in W]; nw = max(len(W), 1); c = collections.Counter(lo)
      f = [np.log(nl), np.log(ns), np.log(n/nl), np.log(n/ns), t.count("\n\n")/nl,
           sum(bool(re.match(r"[-*•・]\s", x)) for x in L)/nl, sum(bool(re.match(r"\d+[.)．]", x)) for x in L)/nl, sum(x.startswith("#") for x in L)/nl,
           np.log(1+len(L[0])) if L else 0., np.log(1+len(L[-1])) if L else 0., float(bool(L) and L[0][-1] in ":："), float(bool(L) and L[-1][-1] in ".。"), float(bool(L) and L[-1][-1] in "?？"), float(bool(L) and L[-1][-1] in "!！"),
           sum(map(len, W))/nw, len(set(lo[:60]))/max(min(nw, 60), 1)]
      k = 1000/n
      f += [np.sqrt(t.count(x)*k) for x in MARKS] + [np.sqrt(sum(c[x] for x in s)*k) for s in WORDS] + [np.sqrt(t.count(x)*k) for x in KANA]
      return f + [np.sqrt(sum(unicodedata.category(x) == "Nd" for x in t)*k), np.sqrt(sum(x.isupper() for x in t)*k)]
    def style(models):
      x = np.array([features(t) for m in models for t in m]); w = np.array([1/len(m) for m in models for _ in m])[:, None]; w /= w.sum()
      mean = (x*w).sum(0); sd = np.sqrt(((x-mean)**2*w).sum(0)); ok = sd > 1e-9
      z = np.clip((x-mean)[:, ok]/sd[ok], -3, 3)
      return -np.abs(z[:, None, :] - z[None, :, :]).mean(2)
    out = []
    for models in json.load(sys.stdin):
      models = [[unicodedata.normalize("NFC", t) for t in m] for m in models]
      texts = [t for m in models for t in m]; owner = [i for i, m in enumerate(models) for _ in m]
      chars = unspaced(texts); row = []
      for gram in (opening(texts, chars), beginning(texts, chars), sentences(texts, chars), style(models), skeleton(texts, chars), closing(texts, chars)):
        row.append([float(np.mean([gram[i, j] for i in range(len(texts)) for j in range(len(texts)) if owner[i] == a and owner[j] == b]))
                    for a in range(len(models)) for b in range(a+1, len(models))])
      out.append(row)
    print(json.dumps(out))
    """#

  /// Follows the definitions of `script`: reads {model: [[text of a sample, …] of a prompt, …]} and prints the features in which a and
  /// b lie on the same side of all others, with their deviations.
  static let sharedStyle = #"""
    models = json.load(sys.stdin)
    x = {m: np.mean([features(unicodedata.normalize("NFC", t)) for p in own for t in p], 0) for m, own in models.items()}
    rest = np.array([x[m] for m in sorted(models) if m not in "ab"])
    mean, sd = rest.mean(0), rest.std(0, ddof=1)
    ok = np.where(sd > 1e-9)[0]
    z = {m: (x[m][ok] - mean[ok]) / sd[ok] for m in "ab"}
    print(json.dumps([dict(feature=int(f), first=a, second=b) for f, a, b in zip(ok, z["a"], z["b"]) if a * b > 0]))
    """#
}
