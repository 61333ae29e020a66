/// The templates of the report: one Markdown and one HTML renderer of `ReportDocument`.
enum ReportTemplates {
  static let markdownTable = """
    {{#tag}}{{number}}. {{/tag}}{{caption}}

    |{{#head}} {{.}} |{{/head}}
    |{{#rule}} --- |{{/rule}}
    {{#rows}}
    | {{first}} |{{#rest}} {{.}} |{{/rest}}
    {{/rows}}

    """

  /// Without the end tags of rows and cells, which HTML does not ask for: they were a tenth of a long report.
  static let htmlTable = """
    <div class="scroll"><table{{#style}} class="{{.}}"{{/style}}{{#tag}} id="{{anchor}}"{{/tag}}><caption>{{#tag}}<b>{{number}}</b> {{/tag}}{{caption}}</caption>
    {{#hasHead}}
    <thead><tr>{{#head}}<th scope=col>{{.}}{{/head}}
    {{/hasHead}}
    <tbody>
    {{#rows}}
    <tr><th scope=row>{{first}}{{#rest}}<td>{{.}}{{/rest}}
    {{/rows}}
    </table></div>

    """

  /// One block of a section.
  static let markdownBlock = """
    {{#answers}}
    {{#items}}
    **{{question}}** {{#lead}}{{.}}{{/lead}}{{sentence}}

    {{/items}}
    {{/answers}}
    {{#verdicts}}
    {{#items}}
    - {{mark}} **{{label}}**: {{sentence}}
    {{/items}}

    {{/verdicts}}
    {{#heading}}
    ### {{.}}

    {{/heading}}
    {{#text}}
    {{.}}

    {{/text}}
    {{#list}}
    {{#items}}
    - {{.}}
    {{/items}}

    {{/list}}
    {{#table}}
    {{> markdown-table}}

    {{/table}}
    {{#figure}}
    {{number}} (in report.html). {{title}}. {{caption}}

    {{#numbers}}
    {{> markdown-table}}

    {{/numbers}}
    {{/figure}}
    {{#pair}}
    **{{title}}**{{#hasPrompt}}: {{prompt}}{{/hasPrompt}}

    {{#sides}}
    > {{model}}: {{#segments}}{{#isShared}}⟦{{text}}⟧{{/isShared}}{{^isShared}}{{text}}{{/isShared}}{{/segments}}{{#isCut}} …{{/isCut}}

    {{/sides}}
    {{/pair}}

    """

  static let htmlBlock = """
    {{#answers}}
    <dl class="answers">
    {{#items}}
    <dt>{{question}}</dt><dd>{{#lead}}<strong>{{.}}</strong>{{/lead}}{{sentence}}</dd>
    {{/items}}
    </dl>
    {{/answers}}
    {{#verdicts}}
    <ul class="verdicts">
    {{#items}}
    <li><span class="mark" aria-hidden="true">{{mark}}</span><span><strong>{{label}}</strong>{{sentence}}</span></li>
    {{/items}}
    </ul>
    {{/verdicts}}
    {{#heading}}
    <h3>{{.}}</h3>
    {{/heading}}
    {{#text}}
    <p>{{.}}</p>
    {{/text}}
    {{#list}}
    <ul>
    {{#items}}
    <li>{{.}}</li>
    {{/items}}
    </ul>
    {{/list}}
    {{#table}}
    {{> html-table}}
    {{/table}}
    {{#figure}}
    <figure id="{{anchor}}"><p class="title"><b>{{number}}</b> {{title}}</p><div class="scroll">{{{svg}}}</div><figcaption>{{caption}}</figcaption></figure>
    {{#numbers}}
    <details><summary>The numbers</summary>
    {{> html-table}}
    </details>
    {{/numbers}}
    {{/figure}}
    {{#pair}}
    <h4>{{title}}</h4>
    {{#hasPrompt}}<p class="note" dir="auto">{{prompt}}</p>{{/hasPrompt}}
    <div class="pair">
    {{#sides}}
    <div><b>{{model}}</b><p dir="auto">{{#segments}}{{#isShared}}<mark>{{text}}</mark>{{/isShared}}{{^isShared}}{{text}}{{/isShared}}{{/segments}}{{#isCut}} …{{/isCut}}</p></div>
    {{/sides}}
    </div>
    {{/pair}}

    """

  static let markdownSection = """
    ## {{number}}. {{title}}

    {{#blocks}}
    {{> markdown-block}}
    {{/blocks}}

    """

  static let htmlSection = """
    <h2 id="{{anchor}}"{{#isFirstOfAnnex}} class="annex"{{/isFirstOfAnnex}}>{{number}}. {{title}}</h2>
    {{#blocks}}
    {{> html-block}}
    {{/blocks}}

    """

  static let markdown = """
    # {{question}}

    {{facts}}

    {{#answers}}
    {{> markdown-block}}
    {{/answers}}
    {{#figures}}
    {{> markdown-block}}
    {{/figures}}
    {{#limits}}
    {{> markdown-block}}
    {{/limits}}
    ## Contents

    {{#contents}}
    {{#sections}}
    - {{number}}. {{title}}
    {{/sections}}
    {{/contents}}

    {{#sections}}
    {{> markdown-section}}
    {{/sections}}
    {{footer}}

    """

  static let html = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <title>{{title}}</title>
    <style>
    :root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--line:#d1d9e0;--paper:#ffffff;--panel:#f6f8fa;--own:#b35900;--cohort:#0a5cad;--mark:#fff0c2}
    @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--line:#3d444d;--paper:#0d1117;--panel:#151b23;--own:#f0a35e;--cohort:#6cb6ff;--mark:#4d3b00}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
    main{max-width:74rem;margin:0 auto;padding:1rem 1.25rem 4rem}
    h1{font-size:1.45rem;line-height:1.2;margin:0 0 .6rem;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:2.5rem 0 .75rem;padding-top:1rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
    p,li,dd{max-width:48rem;overflow-wrap:anywhere}
    a{color:inherit}
    .facts{color:var(--soft);font-size:.85rem;margin:0 0 .3rem;max-width:none}
    .front{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 1.5rem;font-size:.9rem;line-height:1.4;align-items:start}
    .front h3{margin:.2rem 0 .1rem;font-size:.85rem}
    .front ul{margin:.1rem 0;padding-left:1.1rem}
    .front li{max-width:none}
    .front .limits{font-size:.78rem;line-height:1.32}
    .front .scroll{margin:.1rem 0 .5rem}
    .front figure{margin:0 0 .4rem}
    .front svg{min-width:0;max-width:none}
    .front table{width:100%;font-size:.8rem;line-height:1.3}
    .front th,.front td{padding:.06rem .6rem .06rem 0}
    .front table tbody th,.front table td{white-space:normal}
    .front table td:nth-child(2),.front table td:nth-child(3),.front table td:last-child{white-space:nowrap}
    .front .title,.front figcaption{font-size:.8rem}
    .front figcaption{font-size:.75rem;line-height:1.3}
    .answers{margin:0 0 .7rem;padding:.5rem .9rem;border:2px solid var(--ink);border-radius:6px}
    .answers dt{font-weight:700;font-size:.85rem;color:var(--soft);margin-top:.35rem}
    .answers dt:first-child{margin-top:0}
    .answers dd{margin:0}
    .verdicts{list-style:none;margin:0;padding:0}
    .front .verdicts{padding:0}
    .verdicts li{max-width:none;display:grid;grid-template-columns:1.4rem 1fr;gap:.5rem;padding:.5rem .8rem;margin:0 0 .6rem;background:var(--panel);border:1px solid var(--line);border-radius:6px}
    .verdicts .mark{text-align:center;color:var(--own);font-weight:700}
    .verdicts strong{display:block}
    nav ul{list-style:none;margin:.2rem 0 .8rem;padding:0;columns:22rem 2;column-gap:2rem;font-size:.875rem}
    nav li{break-inside:avoid;max-width:none}
    nav h3{margin:.8rem 0 .2rem}
    .note{color:var(--soft);margin:0 0 .5rem;break-after:avoid}
    .scroll{overflow-x:auto;margin:.5rem 0 1.25rem}
    table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;padding:0 0 .25rem;color:var(--ink);max-width:48rem}
    th,td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line)}
    thead th{color:var(--soft);font-weight:600}
    tbody th{font-weight:400}
    tbody th,td{max-width:22rem;overflow-wrap:break-word}
    @media print,(min-width:37.5rem){.fit tbody th,.fit td{white-space:nowrap;max-width:none}.b1 tbody th,.b2 td:nth-child(2),.b3 td:nth-child(3),.b4 td:nth-child(4),.b5 td:nth-child(5),.b6 td:nth-child(6),.b7 td:nth-child(7),.b8 td:nth-child(8),.b9 td:nth-child(9){white-space:normal}.b2 td:nth-child(2):last-child{min-width:16em}}
    @media screen and (min-width:37.5rem){.b1 tbody th,.b2 td:nth-child(2),.b3 td:nth-child(3),.b4 td:nth-child(4),.b5 td:nth-child(5),.b6 td:nth-child(6),.b7 td:nth-child(7),.b8 td:nth-child(8),.b9 td:nth-child(9){max-width:22rem}}
    .w1 tbody th,.w2 td:nth-child(2),.w3 td:nth-child(3),.w4 td:nth-child(4),.w5 td:nth-child(5),.w6 td:nth-child(6),.w7 td:nth-child(7),.w8 td:nth-child(8),.w9 td:nth-child(9){overflow-wrap:anywhere;min-width:8rem}
    figure{margin:.75rem 0 .25rem}
    .title{font-size:.875rem;margin:0 0 .1rem;max-width:48rem}
    figcaption{color:var(--soft);font-size:.8rem;max-width:48rem}
    details{margin:0 0 1.25rem}
    summary{color:var(--soft);font-size:.875rem;cursor:pointer}
    h3{font-size:1rem;margin:1.75rem 0 .5rem}
    h4{font-size:.875rem;margin:1.25rem 0 .25rem;overflow-wrap:anywhere}
    .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(18rem,100%),1fr));gap:.75rem;margin:.5rem 0 1.25rem}
    .pair div{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;font-size:.875rem;min-width:0;overflow-wrap:anywhere}
    .pair p{margin:.25rem 0 0}
    mark{background:var(--mark);color:inherit;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px}
    svg{width:100%;min-width:34rem;max-width:45rem;height:auto;display:block;margin:.25rem 0;overflow:visible}
    svg text{font:12px system-ui,sans-serif;fill:var(--soft);text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
    svg text.name{text-anchor:end;fill:var(--ink)}
    svg text.start{text-anchor:start;fill:var(--ink)}
    svg text.end{text-anchor:end;fill:var(--ink)}
    svg .grid{stroke:var(--line);stroke-width:1}
    svg .axis{stroke:var(--soft);stroke-width:1}
    svg .band{fill:var(--panel)}
    svg .range{fill:var(--cohort);fill-opacity:.16}
    svg .limit{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:5 4}
    svg .cohort{fill:none;stroke:var(--cohort);stroke-width:1.5;stroke-opacity:.75}
    svg .interval{stroke:var(--own);stroke-width:3}
    svg .own{fill:var(--own);stroke:var(--paper);stroke-width:1}
    svg .bar{fill:var(--cohort)}
    svg .open{fill:var(--paper);stroke:var(--own);stroke-width:1.5}
    svg .first{fill:none;stroke:var(--own);stroke-width:2.5}
    svg .second{fill:none;stroke:var(--cohort);stroke-width:2;stroke-dasharray:8 4}
    svg .third{fill:none;stroke:var(--ink);stroke-width:2;stroke-dasharray:1 5;stroke-linecap:round}
    footer{margin-top:2.5rem;color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
    @media screen and (min-width:60.01rem){main{padding-top:.6rem}.front{grid-template-columns:minmax(0,1.08fr) minmax(0,1fr);font-size:.84rem;line-height:1.34}.front .answers{padding:.35rem .8rem .45rem;margin-bottom:.4rem}.front .answers dt{font-size:.8rem;margin-top:.2rem}.front .verdicts li{padding:.15rem .6rem;margin-bottom:.3rem}.front .verdicts strong{display:inline;margin-right:.4em}.front table{font-size:.76rem}.front .limits{font-size:.74rem;line-height:1.28}.front figcaption{font-size:.72rem}}
    @media screen and (max-width:60rem){.front{grid-template-columns:minmax(0,1fr)}}
    @media screen and (max-width:37.5rem){.cards,.cards tbody{display:block;width:100%}.cards caption{display:block}.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.cards tr{display:block;border:1px solid var(--line);border-radius:6px;padding:.4rem .6rem;margin:0 0 .5rem}.cards tbody th,.cards td{display:block;border:0;max-width:none;padding:.08rem 0;overflow-wrap:anywhere}.cards tbody th{font-weight:600}.cards td::before{color:var(--soft)}.front svg{margin-top:.7rem}.front svg text{font-size:20px}.front svg .small{display:none}
    {{{labels}}}
    }
    @media print{body{font-size:10pt;line-height:1.4}main{max-width:none;padding:0}.answers{padding:.3rem .6rem;margin-bottom:.4rem}nav{break-before:page}.scroll{overflow:visible}table{font-size:8pt;line-height:1.25;width:100%}th,td{max-width:none}tbody th,td{overflow-wrap:break-word}th,td{padding:.14rem .6rem .14rem 0}h2{margin:1.4rem 0 .5rem;padding-top:.6rem}h3{margin:1rem 0 .3rem}.scroll,details{margin-bottom:.8rem}thead,tbody tr:first-child{break-after:avoid}tr,.verdicts li,figure,.pair div{break-inside:avoid}svg{min-width:0}details::details-content{content-visibility:visible;block-size:auto}summary{display:none}h2,h3,h4,caption,.title{break-after:avoid}thead{display:table-header-group}@page{size:A4;margin:14mm;@bottom-center{content:counter(page) " / " counter(pages);font:9pt sans-serif}}}
    @media print{@page :first{margin:10mm 12mm 13mm}header{line-height:1.28}header .facts{font-size:7.4pt;margin:0 0 .15rem}h1{font-size:12pt;line-height:1.15;margin-bottom:.25rem}.front{display:block;font-size:8.5pt;line-height:1.26}.front .answers{padding:.2rem .5rem .25rem;margin-bottom:.3rem;border-width:1.5px}.front .answers dt{font-size:7.8pt;margin-top:.16rem}.front .answers dd{max-width:none}.front .verdicts li{padding:.12rem .4rem;margin-bottom:.22rem}.front .verdicts strong{display:inline;margin-right:.4em}.front table{font-size:7.4pt;line-height:1.2}.front th,.front td{padding:.03rem .5rem .03rem 0}.front .title{font-size:8pt;margin:0;max-width:none}.front caption{font-size:8pt;padding:0}.front figcaption{font-size:7.2pt;line-height:1.2;max-width:none}.front figure{margin:0 0 .2rem}.front .scroll{margin:0 0 .2rem}.front svg{max-width:142mm;margin:.1rem 0 0}.front>div:last-child{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 5mm;align-items:start}.front figure,.front .limits{grid-column:1 / -1}.front .scroll + .limits{grid-column:2}.front h3{font-size:8.4pt;margin:0}.front .limits{font-size:7.4pt;line-height:1.22}.front .limits ul{margin:0;padding-left:.8rem}}
    </style>
    </head>
    <body>
    <main>
    <header>
    <p class="facts">{{facts}}</p>
    <h1>{{question}}</h1>
    <div class="front"><div>
    {{#answers}}
    {{> html-block}}
    {{/answers}}
    </div><div>
    {{#figures}}
    {{> html-block}}
    {{/figures}}
    <div class="limits">
    {{#limits}}
    {{> html-block}}
    {{/limits}}
    </div></div></div>
    </header>
    {{#contents}}
    <nav aria-label="Contents"><h2>Contents</h2>
    <ul>{{#sections}}<li><a href="#{{anchor}}">{{number}}. {{title}}</a>{{/sections}}</ul>
    <h3>Figures</h3>
    <ul>{{#figures}}<li><a href="#{{anchor}}">{{number}}. {{title}}</a>{{/figures}}</ul>
    <h3>Tables</h3>
    <ul>{{#tables}}<li><a href="#{{anchor}}">{{number}}. {{title}}</a>{{/tables}}</ul>
    </nav>
    {{/contents}}
    {{#sections}}
    {{> html-section}}
    {{/sections}}
    <footer>{{footer}}</footer>
    </main>
    </body>
    </html>

    """
}
