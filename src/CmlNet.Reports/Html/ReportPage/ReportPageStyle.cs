namespace CmlNet.Reports.Html.ReportPage;

/// <summary>What a report needs beside the style that all pages share.</summary>
internal static class ReportPageStyle
{
    public const string Text =
        """
        .report h2{border-bottom:1px solid var(--line);padding-bottom:6px}
        .report p,.report blockquote{overflow-wrap:anywhere}
        .report blockquote{margin:0 0 16px;padding:0 1em;color:var(--muted);border-left:.25em solid var(--line)}
        .lead{font-size:18px;margin:0 0 8px}
        .scroll{overflow-x:auto;margin:0 0 16px}
        .report table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:14px}
        .report th,.report td{padding:6px 12px;border:1px solid var(--line);text-align:left;overflow-wrap:break-word;max-width:min(28em,75vw)}
        .report th{background:var(--subtle);font-weight:600}
        .report .number{text-align:right;white-space:nowrap}
        .report tbody tr:nth-child(2n){background:var(--subtle)}
        .report td.good{color:var(--success)}.report td.bad{color:var(--failure)}.report td.doubtful{color:var(--warning)}
        .report tr.faint td{color:var(--muted)}
        .report th button{all:unset;cursor:pointer;display:inline}
        .report th button:focus-visible{outline:2px solid var(--link);outline-offset:2px}
        .report th[aria-sort=ascending] button::after{content:" ▲"}.report th[aria-sort=descending] button::after{content:" ▼"}
        .report summary{cursor:pointer;margin-bottom:8px}
        figure{margin:0 0 24px;position:relative}
        figcaption{font-size:13px;color:var(--muted);overflow-wrap:anywhere;max-width:720px}
        .chart svg{max-width:100%;height:auto;display:block;border:1px solid var(--line);border-radius:6px}
        .chart svg text{pointer-events:none}
        .chart .dark{display:none}
        .chart.zoomed svg{cursor:grab;touch-action:none}
        .tools{display:flex;gap:4px;margin-bottom:4px}
        .tools button{font:inherit;font-size:13px;min-width:32px;padding:2px 8px;color:var(--text);background:var(--subtle);border:1px solid var(--line);border-radius:6px;cursor:pointer}
        .tip{position:fixed;z-index:3;pointer-events:none;background:var(--text);color:var(--bg);padding:4px 8px;border-radius:6px;font-size:13px;max-width:min(420px,90vw);overflow-wrap:anywhere}
        .image img{max-width:100%;height:auto;background:#fff}
        .compare{display:flex;flex-wrap:wrap;gap:8px}
        .compare img{max-width:min(100%,520px);height:auto}
        .compare.on{display:inline-grid;max-width:100%}
        .compare.on img{grid-area:1/1;max-width:100%}
        .compare.on .before{clip-path:inset(0 calc(100% - var(--at)) 0 0)}
        .compare.on .after{clip-path:inset(0 0 0 var(--at))}
        .compare.on input{grid-row:2;width:100%}
        @media(max-width:700px){.report table{width:max-content;font-size:13px}.report th,.report td{padding:4px 8px;max-width:45vw}.wide>div{overflow-x:auto}.wide svg{max-width:max(100%,600px)}}
        @media(prefers-color-scheme:dark){.chart .light{display:none}.chart .dark{display:block}}
        @supports(animation-timeline:scroll()){@media screen{.scroll,.wide>div{animation:more linear;animation-timeline:scroll(self inline)}}}
        @keyframes more{0%,95%{mask-image:linear-gradient(to left,transparent,#000 32px)}to{mask-image:none}}
        @page{margin:12mm}
        @media print{body{font-size:12px}h1{font-size:20px}h2{font-size:15px}.lead{font-size:13px}.crumbs,figcaption{font-size:10px}.wrap{max-width:none;padding:0}.top{padding:8px 0;border-top-width:3px;background:none}section{margin:18px 0}
        .chart .light{display:block}.chart .dark,.tools,.tip,.compare.on input{display:none}.compare.on{display:flex}.compare.on img{clip-path:none!important}.chart svg{max-height:110mm;width:auto}.image img{max-height:110mm;width:auto}
        .scroll{overflow:visible}.report table{width:auto;max-width:100%;font-size:10px}.report th,.report td{padding:2px 5px;max-width:55mm}.report th button{all:revert;appearance:none;display:contents;font:inherit}.report th,.report tbody tr:nth-child(2n){background:none}
        figure,tr{break-inside:avoid}.report h2,.report h3,.report p:has(+.scroll),.report summary{break-after:avoid}.report summary{list-style:none;margin:0 0 4px}.report details::details-content{content-visibility:visible;block-size:auto}}

        """;
}
