namespace CmlNet.Reports.Html.RunPage;

/// <summary>The page's style sheet. Colours are named once per scheme; contrast of text is 4.5:1 or more in both.</summary>
internal static class PageStyle
{
    public const string Layout =
        """
        :root{color-scheme:light dark;--bg:#ffffff;--subtle:#f6f8fa;--line:#d1d9e0;--text:#1f2328;--muted:#59636e;--link:#0969da;--success:#1a7f37;--failure:#d1242f;--warning:#9a6700;--notice:#0969da;--neutral:#59636e;--done:#8250df;--success-bg:#dafbe1;--failure-bg:#ffebe9;--warning-bg:#fff8c5;--code:#818b981f;--track:#eaeef2}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--subtle:#151b23;--line:#3d444d;--text:#f0f6fc;--muted:#9198a1;--link:#4493f8;--success:#3fb950;--failure:#f85149;--warning:#d29922;--notice:#4493f8;--neutral:#9198a1;--done:#ab7df8;--success-bg:#12261e;--failure-bg:#25171c;--warning-bg:#272115;--code:#656c7633;--track:#212830}}
        *{box-sizing:border-box}
        html{scroll-padding-top:3.5rem;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif,"Apple Color Emoji","Segoe UI Emoji"}
        a{color:var(--link);text-decoration:underline;text-underline-offset:.2rem}
        h1,h2,h3,p{overflow-wrap:anywhere;unicode-bidi:isolate}
        code,.log{font-family:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
        .wrap{max-width:1100px;margin:0 auto;padding:0 24px}
        .muted{color:var(--muted);font-weight:400}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:8px;background:var(--bg);padding:8px;z-index:2}
        .sprite{position:absolute}
        .icon{flex:none;vertical-align:-.15em}
        .success{--c:var(--success)}.failure{--c:var(--failure)}.warning{--c:var(--warning)}.notice{--c:var(--notice)}.neutral,.skipped,.cancelled{--c:var(--neutral)}
        .icon{color:var(--c)}
        .top{background:var(--subtle);border-top:4px solid var(--c);padding:24px 0 20px}
        .crumbs{margin:0;color:var(--muted);font-size:14px}
        h1{font-size:28px;line-height:1.25;font-weight:600;margin:4px 0 12px}
        .verdict{display:flex;flex-wrap:wrap;align-items:center;gap:0 6px;margin:0 0 16px;font-size:16px}
        .badge{display:inline-flex;align-items:center;gap:6px;color:var(--c);font-weight:600;white-space:nowrap}
        .facts{display:flex;flex-wrap:wrap;gap:8px 32px;margin:0;font-size:14px}
        .facts dt{color:var(--muted);font-size:12px}.facts dd{margin:0;overflow-wrap:anywhere}
        .facts code{font-size:13px}
        .contents{position:sticky;top:0;z-index:1;background:var(--bg);border-block:1px solid var(--line)}
        .contents ul{list-style:none;margin-block:0;display:flex;gap:24px;overflow-x:auto;font-size:14px}
        .contents a{display:block;padding:10px 0;color:var(--text);text-decoration:none;white-space:nowrap}
        .contents a:hover{text-decoration:underline}
        .count{background:var(--track);border-radius:10px;padding:1px 7px;font-size:12px;color:var(--text)}
        section{margin:32px 0}
        h2{font-size:20px;font-weight:600;margin:0 0 12px}h2 .muted{font-size:14px;margin-left:6px}
        .card{border:1px solid var(--line);border-radius:8px;background:var(--bg);margin:0 0 16px;min-width:0}
        .card-head{display:flex;flex-wrap:wrap;align-items:center;gap:4px 14px;background:var(--subtle);border-bottom:1px solid var(--line);border-radius:7px 7px 0 0;padding:8px 16px;font-size:14px}
        .card-head h3{font-size:14px;font-weight:600;margin:0}
        .card-head:last-child{border-bottom:0;border-radius:7px}
        .card-head .time{margin-left:auto}
        .comment{display:grid;grid-template-columns:40px minmax(0,1fr);gap:16px}
        .avatar{width:40px;height:40px;border-radius:50%;background:linear-gradient(135deg,#7a3fd1,#1f6feb);color:#fff;display:grid;place-items:center;font-size:13px;font-weight:700;letter-spacing:-.02em}
        .annotations{list-style:none;margin:0;padding:0}
        .annotations li{display:flex;gap:12px;padding:12px 16px;border-left:3px solid var(--c)}
        .annotations li>.icon{margin-top:3px}
        .annotations li>div{min-width:0}
        .annotations li+li,.annotations+.annotations,.markdown+.annotations{border-top:1px solid var(--line)}
        .annotations p{margin:0;font-size:14px}.annotations .message{white-space:pre-wrap}
        .annotations code{font-size:12px;color:var(--muted)}
        .steps{list-style:none;margin:0;padding:4px 0}
        .step{display:grid;grid-template-columns:16px minmax(0,5fr) minmax(80px,4fr) 92px;align-items:center;gap:12px;padding:6px 16px 6px 34px;font-size:14px;list-style:none;position:relative}
        summary.step{cursor:pointer}summary.step::-webkit-details-marker{display:none}
        summary.step::before{content:"";position:absolute;left:16px;top:50%;width:6px;height:6px;border:solid var(--muted);border-width:0 1.5px 1.5px 0;transform:translateY(-50%) rotate(-45deg)}
        details[open]>summary.step::before{transform:translateY(-70%) rotate(45deg)}
        summary.step:hover{background:var(--subtle)}
        .step-name{overflow-wrap:anywhere}
        .track{position:relative;height:8px;border-radius:4px;background:var(--track);overflow:hidden}
        .bar{position:absolute;top:0;bottom:0;min-width:3px;border-radius:4px;background:var(--c)}
        .time{color:var(--muted);text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .none{margin:0;padding:12px 16px;color:var(--muted);font-size:14px}
        .foot{color:var(--muted);font-size:12px;border-top:1px solid var(--line);margin-top:40px}.foot p{margin:16px 0 32px}
        @media(max-width:640px){.wrap{padding:0 16px}h1{font-size:22px}.comment{grid-template-columns:minmax(0,1fr)}.avatar{display:none}.step{grid-template-columns:16px minmax(0,1fr) auto}.track{grid-column:2/-1;grid-row:2;height:6px}.markdown{padding:14px}.top{padding:16px 0}.step{align-items:start}.step>.icon{margin-top:2px}summary.step::before{top:17px}}
        @media print{:root{color-scheme:light}.contents,.skip,.foot{display:none}.card,.comment{break-inside:auto}h2,h3,.card-head{break-after:avoid}.markdown details::details-content{content-visibility:visible;block-size:auto}.log{max-height:none}}

        """;

    public const string Markdown =
        """
        .markdown{padding:16px;overflow-wrap:break-word;unicode-bidi:isolate;min-width:0;overflow-x:auto}
        .markdown>:first-child{margin-top:0}.markdown>:last-child{margin-bottom:0}
        .markdown p,.markdown ul,.markdown ol,.markdown dl,.markdown table,.markdown pre,.markdown blockquote,.markdown details,.markdown .markdown-alert{margin:0 0 16px}
        .markdown h1,.markdown h2,.markdown h3,.markdown h4,.markdown h5,.markdown h6{margin:24px 0 16px;font-weight:600;line-height:1.25}
        .markdown h1{font-size:2em;padding-bottom:.3em;border-bottom:1px solid var(--line)}
        .markdown h2{font-size:1.5em;padding-bottom:.3em;border-bottom:1px solid var(--line)}
        .markdown h3{font-size:1.25em}.markdown h4{font-size:1em}.markdown h5{font-size:.875em}.markdown h6{font-size:.85em;color:var(--muted)}
        .markdown ul,.markdown ol{padding-left:2em}.markdown li+li{margin-top:.25em}.markdown li>p{margin-top:16px}
        .markdown ul ul,.markdown ul ol,.markdown ol ol,.markdown ol ul{margin-bottom:0}
        .markdown .task-list-item{list-style:none}.markdown .task-list-item input{margin:0 .3em .2em -1.5em;vertical-align:middle}
        .markdown table{display:block;width:max-content;max-width:100%;overflow:auto;border-collapse:collapse;font-variant-numeric:tabular-nums}
        .markdown th,.markdown td{padding:6px 13px;border:1px solid var(--line)}.markdown th{font-weight:600}
        .markdown tbody tr:nth-child(2n){background:var(--subtle)}
        .markdown img{max-width:100%;height:auto;vertical-align:middle;background:transparent}
        .markdown code,.markdown tt,.markdown samp{font-size:85%;padding:.2em .4em;background:var(--code);border-radius:6px;overflow-wrap:anywhere}
        .markdown pre{padding:16px;overflow:auto;font-size:85%;line-height:1.45;background:var(--subtle);border-radius:6px}
        .markdown pre code{padding:0;background:none;font-size:100%;white-space:pre;overflow-wrap:normal}
        .markdown kbd{padding:3px 5px;font-size:11px;border:1px solid var(--line);border-radius:6px;background:var(--subtle)}
        .markdown blockquote{padding:0 1em;color:var(--muted);border-left:.25em solid var(--line)}
        .markdown hr{height:4px;border:0;margin:24px 0;background:var(--line)}
        .markdown summary{cursor:pointer}.markdown details[open]>summary{margin-bottom:8px}
        .markdown mark{background:var(--warning-bg);color:var(--text)}
        .markdown-alert{padding:8px 16px;border-left:4px solid var(--a)}.markdown-alert>:last-child{margin-bottom:0!important}
        .markdown .markdown-alert-title{color:var(--a);font-weight:600;margin-bottom:4px;font-size:14px}
        .markdown-alert-note{--a:var(--notice)}.markdown-alert-tip{--a:var(--success)}.markdown-alert-important{--a:var(--done)}.markdown-alert-warning{--a:var(--warning)}.markdown-alert-caution{--a:var(--failure)}
        .markdown .diagram{border:1px solid var(--line);border-radius:6px;margin:0 0 16px}.markdown .diagram pre{margin:0;border-radius:0 0 6px 6px}
        .markdown .diagram-label{margin:0;padding:6px 16px;font-size:12px;color:var(--muted);border-bottom:1px solid var(--line)}
        .linked-image,.missing-image{display:inline-block;border:1px dashed var(--line);border-radius:6px;padding:4px 10px;font-size:14px;overflow-wrap:anywhere;max-width:100%}
        .missing-image{color:var(--muted)}

        """;

    public const string Logs =
        """
        .log{--k0:#24292f;--k1:#b3202c;--k2:#116329;--k3:#7d4e00;--k4:#0550ae;--k5:#6e3fc4;--k6:#146c75;--k7:#57606a;background:var(--subtle);border-block:1px solid var(--line);font-size:12px;line-height:1.6;max-height:560px;overflow:auto;padding:8px 0;tab-size:8}
        @media(prefers-color-scheme:dark){.log{--k0:#8b949e;--k1:#ff7b72;--k2:#56d364;--k3:#e3b341;--k4:#79c0ff;--k5:#d2a8ff;--k6:#56d4dd;--k7:#d0d7de}}
        .l{display:block;position:relative;padding:0 16px 0 72px;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;min-height:1.6em}
        .l::before{content:attr(data-n);position:absolute;left:0;width:50px;text-align:right;color:var(--muted);user-select:none;-webkit-user-select:none;font-weight:400}
        .l:hover{background:var(--track)}
        .log .error{background:var(--failure-bg);color:var(--failure)}.log .warning{background:var(--warning-bg);color:var(--warning)}.log .notice{color:var(--notice)}.log .debug{color:var(--muted)}.log .command{color:var(--link)}.log .section{color:var(--success);font-weight:600}
        .group>summary{cursor:pointer;font-weight:600;list-style:none}.group>summary::-webkit-details-marker{display:none}
        .group>summary::after{content:"";position:absolute;left:60px;top:.5em;border:4px solid transparent;border-left-color:var(--muted)}
        .group[open]>summary::after{transform:rotate(90deg);top:.6em;left:57px}
        .group .l{padding-left:86px}.group>summary.l{padding-left:72px}
        .omitted{margin:8px 0;padding:8px 16px 8px 72px;background:var(--warning-bg);font-size:12px}
        .bold{font-weight:700}.dim{color:var(--muted)}.ital{font-style:italic}.under{text-decoration:underline}.strike{text-decoration:line-through}.cut{color:var(--muted)}
        .inv{background:var(--text);color:var(--bg)}
        .f0,.f8{color:var(--k0)}.f1,.f9{color:var(--k1)}.f2,.f10{color:var(--k2)}.f3,.f11{color:var(--k3)}.f4,.f12{color:var(--k4)}.f5,.f13{color:var(--k5)}.f6,.f14{color:var(--k6)}.f7,.f15{color:var(--k7)}
        .b0,.b8{background:#8b949e44}.b1,.b9{background:#f8514933}.b2,.b10{background:#3fb95033}.b3,.b11{background:#d2992233}.b4,.b12{background:#388bfd33}.b5,.b13{background:#a371f733}.b6,.b14{background:#39c5cf33}.b7,.b15{background:#8b949e33}

        """;
}
