namespace CmlNet.Runner.Web;

/// <summary>The page: everything it shows comes as JSON and is put in as text, never as markup.</summary>
internal static class StatusPage
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>cml runner</title><link rel="stylesheet" href="/status.css"></head>
        <body>
        <header><h1 id="name">cml runner</h1><p id="scope"></p><button id="drain">Drain</button> <button id="resume">Resume</button> <output id="answer"></output></header>
        <main>
        <section><h2>Pools</h2><table id="pools"></table></section>
        <section><h2>GPUs</h2><table id="gpus"></table></section>
        <section><h2>Runners</h2><table id="runners"></table></section>
        <section id="log-section" hidden><h2>Log of <span id="log-name"></span></h2><pre id="log"></pre></section>
        <section><h2>Recent jobs</h2><table id="jobs"></table></section>
        <section id="usage-section" hidden><h2>What <span id="usage-name"></span> used</h2><div id="usage"></div></section>
        </main>
        <script src="/status.js"></script>
        </body>
        </html>

        """;

    public const string LogIn = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>cml runner</title><link rel="stylesheet" href="/status.css"></head>
        <body><form method="post" action="/login"><label>Token <input type="password" name="token" autocomplete="current-password"></label> <button>Show</button></form></body></html>

        """;

    public const string Css = """
        body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1f2328; background: #fff; }
        h1 { margin-bottom: 0; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d1d9e0; }
        th.number, td.number { text-align: right; } .ready, .succeeded { color: #1a7f37; } .degraded, .outdated, .failed { color: #d1242f; } .preparing, .draining, .removed, .canceled { color: #9a6700; }
        #usage { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; } figure { margin: 0; } figcaption { font-size: .85rem; }
        svg { width: 100%; height: 8rem; background: #f6f8fa; } polyline { fill: none; stroke: #0969da; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
        pre { background: #f6f8fa; padding: 1rem; max-height: 30rem; overflow: auto; } meter { width: 8rem; }
        @media (prefers-color-scheme: dark) { body { color: #f0f6fc; background: #0d1117; } th, td { border-color: #3d444d; } pre, svg { background: #151b23; } a { color: #4493f8; } }

        """;

    public const string Script = """
        'use strict';
        const at = id => document.getElementById(id);
        const numbers = ['Idle', 'Busy', 'Max', 'Waiting'];
        const cell = (text, kind) => { const td = document.createElement('td'); td.textContent = text ?? ''; if (kind) td.className = kind; return td; };
        const size = bytes => bytes >= 1e9 ? (bytes / 1e9).toFixed(1) + ' GB' : (bytes / 1e6).toFixed(0) + ' MB';
        const since = (from, to) => { const s = Math.max(0, Math.round((new Date(to) - new Date(from)) / 1000)); return s >= 3600 ? Math.floor(s / 3600) + ' h ' + Math.floor(s % 3600 / 60) + ' min' : s >= 60 ? Math.floor(s / 60) + ' min ' + s % 60 + ' s' : s + ' s'; };
        function table(id, head, rows) {
          const all = [head.map(text => { const th = document.createElement('th'); th.textContent = text; if (numbers.includes(text)) th.className = 'number'; return th; }), ...rows].map(cells => { const tr = document.createElement('tr'); tr.append(...cells); return tr; });
          at(id).replaceChildren(...(rows.length ? all : []));
        }
        function bar(value) { const td = document.createElement('td'); if (value == null) return td; const m = document.createElement('meter'); m.max = 100; m.value = value; m.title = value + ' %'; td.append(m); return td; }
        let log;
        function follow(name) {
          log?.close(); at('log-section').hidden = false; at('log-name').textContent = name; at('log').textContent = '';
          log = new EventSource('/api/logs/' + encodeURIComponent(name));
          log.onmessage = event => { at('log').append(event.data + '\n'); at('log').scrollTop = at('log').scrollHeight; };
          log.addEventListener('end', () => log.close());
        }
        function logButton(name) { const td = document.createElement('td'), b = document.createElement('button'); b.textContent = 'Log'; b.onclick = () => follow(name); td.append(b); return td; }
        const svg = (name, attributes) => { const e = document.createElementNS('http://www.w3.org/2000/svg', name); for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };
        function plot(title, points, value, text) {
          const seen = points.filter(p => value(p) != null); if (seen.length < 2 || !seen.some(p => value(p) > 0)) return [];
          const from = seen[0].moment, span = Math.max(1, seen[seen.length - 1].moment - from), top = Math.max(...seen.map(value));
          const picture = svg('svg', { viewBox: '0 0 100 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': title });
          picture.append(svg('polyline', { points: seen.map(p => ((p.moment - from) / span * 100).toFixed(2) + ',' + (98 - value(p) / top * 96).toFixed(2)).join(' ') }));
          const figure = document.createElement('figure'), caption = document.createElement('figcaption');
          caption.textContent = title + ', at most ' + text(top); figure.append(caption, picture); return [figure];
        }
        async function showUsage(runner, name) {
          const answer = await fetch('/api/usage/' + encodeURIComponent(runner)); if (!answer.ok) return;
          const points = (await answer.json()).points;
          at('usage-section').hidden = false; at('usage-name').textContent = name;
          at('usage').replaceChildren(...plot('CPUs', points, p => p.cpus, v => v.toFixed(1)), ...plot('Memory', points, p => p['memory-bytes'], size), ...plot('GPU utilization', points, p => p['gpu-utilization'], v => v.toFixed(0) + ' %'), ...plot('GPU memory', points, p => p['gpu-memory-bytes'], size), ...plot('GPU power', points, p => p.watts, v => v.toFixed(0) + ' W'));
        }
        function links(j) {
          const td = document.createElement('td');
          if (/^https?:/.test(j['report-url'] ?? '')) { const a = document.createElement('a'); a.href = j['report-url']; a.rel = 'noopener noreferrer'; a.textContent = 'Report'; td.append(a, ' '); }
          if (j['has-usage']) { const b = document.createElement('button'); b.textContent = 'Plot'; b.onclick = () => showUsage(j.runner, j.name); td.append(b); }
          return td;
        }
        async function refresh() {
          const answer = await fetch('/api/status'); if (!answer.ok) return;
          const s = await answer.json();
          at('name').textContent = s.name; at('scope').textContent = s.scope + ' · cml ' + s.version + (s.outbox ? ' · ' + s.outbox + ' to be posted' : '');
          table('pools', ['Name', 'State', 'Idle', 'Busy', 'Max', 'Waiting', ''], s.pools.map(p => [cell(p.name), cell(p.condition, p.condition), cell(p.idle, 'number'), cell(p.busy, 'number'), cell(p.max, 'number'), cell(p.available, 'number'), cell(p.trouble)]));
          table('gpus', ['GPU', 'Name', 'Use', 'Memory', 'Runner', ''], s.gpus.map(g => [cell(g.index), cell(g.name), bar(g.utilization), cell(size(g['used-memory-bytes']) + ' of ' + size(g['memory-bytes'])), cell(g.runner), cell(g.defect, 'failed')]));
          table('runners', ['Runner', 'Pool', 'State', 'For', 'Job', ''], s.runners.map(r => [cell(r.name), cell(r.pool), cell(r.state), cell(since(r.since, s.now)), cell(r.job ? r.job + ' · ' + r.repository : ''), logButton(r.name)]));
          table('jobs', ['Job', 'Repository', 'Pool', 'Result', 'Took', 'Peak memory', 'GPU', ''], s.jobs.map(j => [cell(j.name), cell(j.repository), cell(j.pool), cell(j.result || j.stage, j.result), cell(j.started && j.completed ? since(j.started, j.completed) : ''), cell(j['peak-memory-bytes'] ? size(j['peak-memory-bytes']) : ''), cell(j['gpu-utilization'] != null ? Math.round(j['gpu-utilization']) + ' %' : ''), links(j)]));
        }
        for (const verb of ['drain', 'resume']) at(verb).onclick = async () => { const answer = await fetch('/api/' + verb, { method: 'POST' }); at('answer').textContent = await answer.text(); refresh(); };
        refresh(); setInterval(refresh, 3000);

        """;
}
