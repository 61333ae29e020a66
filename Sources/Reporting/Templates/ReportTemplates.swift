/// The templates of the report. Both show the same view in the same order.
enum ReportTemplates {
  static let markdownTable = """
    |{{#head}} {{.}} |{{/head}}
    |{{#rule}} --- |{{/rule}}
    {{#rows}}
    |{{#cells}} {{.}} |{{/cells}}
    {{/rows}}

    """

  static let htmlTable = """
    <div class="scroll"><table><thead><tr>{{#head}}<th>{{.}}</th>{{/head}}</tr></thead><tbody>
    {{#rows}}
    <tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>

    """

  /// One block of a section.
  static let markdownBlock = """
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
    {{caption}}

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
    {{#heading}}<h3>{{.}}</h3>{{/heading}}
    {{#text}}<p>{{.}}</p>{{/text}}
    {{#list}}<ul>{{#items}}<li>{{.}}</li>{{/items}}</ul>{{/list}}
    {{#table}}
    {{> html-table}}
    {{/table}}
    {{#figure}}
    <figure><div class="scroll">{{{svg}}}</div><figcaption>{{caption}}</figcaption></figure>
    <details><summary>The numbers</summary>
    {{#numbers}}
    {{> html-table}}
    {{/numbers}}
    </details>
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
    ## {{title}}

    {{#blocks}}
    {{> markdown-block}}
    {{/blocks}}

    """

  static let htmlSection = """
    <h2>{{title}}</h2>
    {{#blocks}}
    {{> html-block}}
    {{/blocks}}

    """

  static let markdown = """
    # {{question}}

    Case {{title}}

    {{#verdicts}}
    - {{mark}} **{{standing}}**: {{sentence}}
    {{/verdicts}}

    {{#hasRemainder}}
    {{remainder}}

    {{/hasRemainder}}
    {{#hasIdentical}}
    - ! **identical answers**: {{identical}}

    {{/hasIdentical}}
    {{#summary}}
    {{> markdown-table}}

    {{/summary}}
    {{ratioStatement}}

    {{#hasCalibration}}
    {{scale}}

    {{/hasCalibration}}
    {{#applicability}}
    - {{.}}
    {{/applicability}}
    {{#unevaluated}}
    - {{.}}
    {{/unevaluated}}
    - {{direction}}
    - {{sameModelGate}}
    {{^hasIdentical}}
    - {{identical}}
    {{/hasIdentical}}

    ## What these findings do not say

    {{#limits}}
    - {{.}}
    {{/limits}}
    - {{claimsNotMade}}

    {{#commission}}
    {{> markdown-section}}
    {{/commission}}
    {{#candidates}}
    ## Candidate {{model}}

    {{#evaluated}}
    {{conditions}}

    {{#hasRatios}}
    {{#ratios}}
    {{> markdown-table}}

    {{/ratios}}
    {{/hasRatios}}
    {{#hasMixture}}
    {{mixture}}

    {{/hasMixture}}
    {{#hasPower}}
    {{power}}

    {{/hasPower}}
    {{#figure}}
    {{> markdown-block}}
    {{/figure}}
    {{#combined}}
    {{> markdown-table}}

    {{/combined}}
    {{#channels}}
    {{> markdown-table}}

    {{/channels}}
    {{sameModel}}

    {{#hasSensitivity}}
    What leaving out single parts of the evidence changes, the calibration staying the same:

    {{#sensitivity}}
    {{> markdown-table}}

    {{/sensitivity}}
    {{/hasSensitivity}}
    {{#cohort}}
    {{> markdown-table}}

    {{/cohort}}
    {{cohortRest}}

    {{#evidence}}
    {{> markdown-block}}
    {{/evidence}}
    {{/evaluated}}
    {{^evaluated}}
    {{notEvaluated}}

    {{/evaluated}}
    {{#hasLeftOut}}
    {{#leftOut}}
    {{> markdown-table}}

    {{/leftOut}}
    {{/hasLeftOut}}
    {{/candidates}}
    {{#hasIdentical}}
    ## Identical answers

    {{identical}}

    {{#identicalTable}}
    {{> markdown-table}}

    {{/identicalTable}}
    {{/hasIdentical}}
    {{#hasRelations}}
    {{#relations}}
    {{> markdown-relations}}
    {{/relations}}
    {{/hasRelations}}
    {{#hasReasoning}}
    ## Reasoning

    {{#reasoning}}
    {{.}}

    {{/reasoning}}
    {{#wrongValues}}
    {{> markdown-table}}

    {{/wrongValues}}
    {{/hasReasoning}}
    ## Models asked about

    {{#models}}
    {{> markdown-table}}

    {{/models}}
    ## Cohort

    {{#cohort}}
    {{> markdown-table}}

    {{/cohort}}
    {{#items}}
    {{> markdown-section}}
    {{/items}}
    {{#hasRun}}
    ## Run

    {{#run}}
    {{> markdown-table}}

    {{/run}}
    {{#hasCapabilities}}
    Requested and observed, in short requests before the first probe:

    {{#capabilities}}
    {{> markdown-table}}

    {{/capabilities}}
    {{/hasCapabilities}}
    {{#runTimes}}
    {{> markdown-table}}

    {{/runTimes}}
    {{/hasRun}}
    {{#work}}
    {{> markdown-section}}
    {{/work}}
    ## Chain of custody

    {{#hasCustody}}
    {{#custody}}
    {{> markdown-table}}

    {{/custody}}
    {{/hasCustody}}
    {{^hasCustody}}
    {{withoutLog}}

    {{/hasCustody}}
    What would be found, and what would not:

    {{#threats}}
    {{> markdown-table}}

    {{/threats}}
    {{{jointRun}}}

    ## Method

    {{methodText}}

    {{#method}}
    {{> markdown-table}}

    {{/method}}
    {{#exact}}
    {{> markdown-block}}
    {{/exact}}
    {{#appendix}}
    {{> markdown-section}}
    {{/appendix}}
    Prompts {{prompts}} · replicates {{replicates}} · confidence {{confidence}} · seed {{seed}} · {{arithmetic}} · {{tool}}

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
    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --paper: #ffffff; --panel: #f6f8fa; --own: #b35900; --cohort: #0a5cad; --mark: #fff0c2; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --paper: #0d1117; --panel: #151b23; --own: #f0a35e; --cohort: #6cb6ff; --mark: #4d3b00; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
    main { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1.25rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; padding-top: 1rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
    p, li { max-width: 48rem; overflow-wrap: anywhere; }
    .verdicts { list-style: none; margin: 0; padding: 0; }
    .verdicts li { max-width: none; display: grid; grid-template-columns: 2rem 1fr; gap: .5rem; padding: .9rem 1rem; margin: 0 0 .6rem; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; }
    .verdicts .mark { font-size: 1.3rem; line-height: 1.3; text-align: center; color: var(--own); }
    .verdicts strong { display: block; }
    .note { color: var(--soft); margin: 0 0 .5rem; }
    .scroll { overflow-x: auto; margin: .5rem 0 1.25rem; }
    table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); }
    th { color: var(--soft); font-weight: 600; }
    td { max-width: 22rem; overflow-wrap: break-word; }
    figure { margin: .75rem 0 .25rem; }
    figcaption { color: var(--soft); font-size: .875rem; max-width: 48rem; }
    details { margin: 0 0 1.25rem; }
    summary { color: var(--soft); font-size: .875rem; cursor: pointer; }
    h3 { font-size: 1rem; margin: 1.75rem 0 .5rem; }
    h4 { font-size: .875rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
    .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: .75rem; margin: .5rem 0 1.25rem; }
    .pair div { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; font-size: .875rem; min-width: 0; overflow-wrap: anywhere; }
    .pair p { margin: .25rem 0 0; }
    mark { background: var(--mark); color: inherit; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; }
    svg { width: 100%; min-width: 34rem; max-width: 45rem; height: auto; display: block; margin: .25rem 0; }
    svg text { font: 12px system-ui, sans-serif; fill: var(--soft); text-anchor: middle; }
    svg text.name { text-anchor: end; fill: var(--ink); }
    svg .grid { stroke: var(--line); stroke-width: 1; }
    svg .axis { stroke: var(--soft); stroke-width: 1; }
    svg .limit { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
    svg .cohort { fill: none; stroke: var(--cohort); stroke-width: 1.5; stroke-opacity: .75; }
    svg .interval { stroke: var(--own); stroke-width: 3; }
    svg .own { fill: var(--own); stroke: var(--paper); stroke-width: 1; }
    svg .bar { fill: var(--cohort); }
    svg .open { fill: var(--paper); stroke: var(--own); stroke-width: 1.5; }
    svg .first { fill: none; stroke: var(--own); stroke-width: 2.5; }
    svg .second { fill: none; stroke: var(--cohort); stroke-width: 2; stroke-dasharray: 8 4; }
    svg .third { fill: none; stroke: var(--ink); stroke-width: 2; stroke-dasharray: 1 5; stroke-linecap: round; }
    footer { margin-top: 2.5rem; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
    @media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } .scroll { overflow: visible; } table { font-size: 8pt; width: 100%; } th, td { max-width: none; overflow-wrap: anywhere; } tr, .verdicts li, figure, .pair div { break-inside: avoid; } svg { min-width: 0; } details::details-content { content-visibility: visible; block-size: auto; } h3, h4 { break-after: avoid; } thead { display: table-header-group; } h2 { break-after: avoid; } @page { size: A4; margin: 16mm; @bottom-center { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } } }
    </style>
    </head>
    <body>
    <main>
    <p class="note">Case {{title}}</p>
    <h1>{{question}}</h1>
    <ul class="verdicts">
    {{#verdicts}}
    <li><span class="mark" aria-hidden="true">{{mark}}</span><span><strong>{{standing}}</strong>{{sentence}}</span></li>
    {{/verdicts}}
    {{#hasIdentical}}
    <li><span class="mark" aria-hidden="true">!</span><span><strong>identical answers</strong>{{identical}}</span></li>
    {{/hasIdentical}}
    </ul>
    {{#hasRemainder}}<p>{{remainder}}</p>{{/hasRemainder}}
    {{#summary}}
    {{> html-table}}
    {{/summary}}
    <p class="note">{{ratioStatement}}</p>
    {{#hasCalibration}}<p class="note">{{scale}}</p>{{/hasCalibration}}
    <ul class="note">
    {{#applicability}}
    <li>{{.}}</li>
    {{/applicability}}
    {{#unevaluated}}
    <li>{{.}}</li>
    {{/unevaluated}}
    <li>{{direction}}</li>
    <li>{{sameModelGate}}</li>
    {{^hasIdentical}}
    <li>{{identical}}</li>
    {{/hasIdentical}}
    </ul>
    <h2>What these findings do not say</h2>
    <ul>
    {{#limits}}
    <li>{{.}}</li>
    {{/limits}}
    <li>{{claimsNotMade}}</li>
    </ul>
    {{#commission}}
    {{> html-section}}
    {{/commission}}
    {{#candidates}}
    <h2>Candidate {{model}}</h2>
    {{#evaluated}}
    <p>{{conditions}}</p>
    {{#hasRatios}}
    {{#ratios}}
    {{> html-table}}
    {{/ratios}}
    {{/hasRatios}}
    {{#hasMixture}}<p>{{mixture}}</p>{{/hasMixture}}
    {{#hasPower}}<p>{{power}}</p>{{/hasPower}}
    {{#figure}}
    {{> html-block}}
    {{/figure}}
    {{#combined}}
    {{> html-table}}
    {{/combined}}
    {{#channels}}
    {{> html-table}}
    {{/channels}}
    <p>{{sameModel}}</p>
    {{#hasSensitivity}}
    <p>What leaving out single parts of the evidence changes, the calibration staying the same:</p>
    {{#sensitivity}}
    {{> html-table}}
    {{/sensitivity}}
    {{/hasSensitivity}}
    {{#cohort}}
    {{> html-table}}
    {{/cohort}}
    <p>{{cohortRest}}</p>
    {{#evidence}}
    {{> html-block}}
    {{/evidence}}
    {{/evaluated}}
    {{^evaluated}}
    <p>{{notEvaluated}}</p>
    {{/evaluated}}
    {{#hasLeftOut}}
    {{#leftOut}}
    {{> html-table}}
    {{/leftOut}}
    {{/hasLeftOut}}
    {{/candidates}}
    {{#hasIdentical}}
    <h2>Identical answers</h2>
    <p>{{identical}}</p>
    {{#identicalTable}}
    {{> html-table}}
    {{/identicalTable}}
    {{/hasIdentical}}
    {{#hasRelations}}
    {{#relations}}
    {{> html-relations}}
    {{/relations}}
    {{/hasRelations}}
    {{#hasReasoning}}
    <h2>Reasoning</h2>
    {{#reasoning}}
    <p>{{.}}</p>
    {{/reasoning}}
    {{#wrongValues}}
    {{> html-table}}
    {{/wrongValues}}
    {{/hasReasoning}}
    <h2>Models asked about</h2>
    {{#models}}
    {{> html-table}}
    {{/models}}
    <h2>Cohort</h2>
    {{#cohort}}
    {{> html-table}}
    {{/cohort}}
    {{#items}}
    {{> html-section}}
    {{/items}}
    {{#hasRun}}
    <h2>Run</h2>
    {{#run}}
    {{> html-table}}
    {{/run}}
    {{#hasCapabilities}}
    <p>Requested and observed, in short requests before the first probe:</p>
    {{#capabilities}}
    {{> html-table}}
    {{/capabilities}}
    {{/hasCapabilities}}
    {{#runTimes}}
    {{> html-table}}
    {{/runTimes}}
    {{/hasRun}}
    {{#work}}
    {{> html-section}}
    {{/work}}
    <h2>Chain of custody</h2>
    {{#hasCustody}}
    {{#custody}}
    {{> html-table}}
    {{/custody}}
    {{/hasCustody}}
    {{^hasCustody}}<p>{{withoutLog}}</p>{{/hasCustody}}
    <p>What would be found, and what would not:</p>
    {{#threats}}
    {{> html-table}}
    {{/threats}}
    <p>{{jointRun}}</p>
    <h2>Method</h2>
    <p>{{methodText}}</p>
    {{#method}}
    {{> html-table}}
    {{/method}}
    {{#exact}}
    {{> html-block}}
    {{/exact}}
    {{#appendix}}
    {{> html-section}}
    {{/appendix}}
    <footer>Prompts {{prompts}} · replicates {{replicates}} · confidence {{confidence}} · seed {{seed}} · {{arithmetic}} · {{tool}}</footer>
    </main>
    </body>
    </html>

    """
}
