using System.Net;
using System.Text;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>A page of its own, without anything from the network: a table that sorts, parallel coordinates and a scatter plot of two columns.</summary>
internal static class ExperimentPage
{
    public static string Render(ExperimentTable table)
    {
        List<string> columns = [.. table.Columns.Metrics, .. table.Columns.Params];
        List<(string Name, IReadOnlyList<DvcValue?> Values)> rows = [.. table.Cells()];
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Experiments</title><style>body{font:14px system-ui,sans-serif;margin:2rem}table{border-collapse:collapse}th,td{padding:.3rem .7rem;border-bottom:1px solid #ddd;text-align:left}th{cursor:pointer;background:#f6f6f6}svg{margin:1rem 0;max-width:100%}path{fill:none;stroke-width:1.5}select{margin-right:.5rem}</style><h1>Experiments</h1><table><thead><tr>");
        html.AppendJoin("", columns.Prepend("Experiment").Select(column => $"<th scope=\"col\">{Encoded(column)}</th>")).Append("</tr></thead><tbody>");
        foreach ((string name, IReadOnlyList<DvcValue?> values) in rows)
            html.Append("<tr><td>").Append(Encoded(name)).Append("</td>").AppendJoin("", values.Select(value => $"<td>{Encoded(value is null ? "" : PythonText.Text(value))}</td>")).Append("</tr>");
        html.Append("</tbody></table><h2>Parallel coordinates</h2><svg id=\"parallel\" width=\"900\" height=\"320\" role=\"img\" aria-label=\"Parallel coordinates\"></svg><h2>Scatter</h2><label>x <select id=\"x\"></select></label><label>y <select id=\"y\"></select></label><br><svg id=\"scatter\" width=\"600\" height=\"360\" role=\"img\" aria-label=\"Scatter plot\"></svg><script type=\"application/json\" id=\"data\">");
        // Numbers that JSON has no word for, and a text that would end the script, stay out.
        var data = DvcValue.Of([KeyValuePair.Create("columns", DvcValue.Of([.. columns.Select(DvcValue.Of)])), KeyValuePair.Create("rows", DvcValue.Of([.. rows.Select(row => DvcValue.Of([KeyValuePair.Create("name", DvcValue.Of(row.Name)), KeyValuePair.Create("values", DvcValue.Of([.. row.Values.Select(Plain)]))]))]))]);
        return html.Append(PythonText.Json(data, sortKeys: false).Replace("<", "\\u003c", StringComparison.Ordinal)).Append("</script><script>").Append(Script).Append("</script></html>\n").ToString();
    }

    private const string Script = """
        const {columns, rows} = JSON.parse(document.getElementById('data').textContent);
        const colours = ['#945dd6','#13adc7','#f46837','#48bb78','#4299e1','#ed8936','#f56565'];
        const make = (parent, name, attributes, text) => { const e = document.createElementNS('http://www.w3.org/2000/svg', name); for (const k in attributes) e.setAttribute(k, attributes[k]); if (text !== undefined) e.textContent = text; parent.appendChild(e); return e; };
        const numeric = columns.map((c, i) => i).filter(i => rows.some(r => typeof r.values[i] === 'number'));
        const range = i => { const v = rows.map(r => r.values[i]).filter(x => typeof x === 'number'); const a = Math.min(...v), b = Math.max(...v); return a === b ? [a - 1, b + 1] : [a, b]; };
        const scale = (v, [a, b], from, to) => from + (v - a) / (b - a) * (to - from);
        function parallel() {
          const svg = document.getElementById('parallel'), w = 900, x = k => 60 + k * (w - 120) / Math.max(1, numeric.length - 1);
          numeric.forEach((i, k) => { const r = range(i); make(svg, 'line', {x1: x(k), x2: x(k), y1: 40, y2: 280, stroke: '#999'}); make(svg, 'text', {x: x(k), y: 20, 'text-anchor': 'middle', 'font-size': 11}, columns[i]); make(svg, 'text', {x: x(k), y: 300, 'text-anchor': 'middle', 'font-size': 10}, +r[0].toPrecision(4)); make(svg, 'text', {x: x(k), y: 36, 'text-anchor': 'middle', 'font-size': 10}, +r[1].toPrecision(4)); });
          rows.forEach((row, n) => { const points = numeric.map((i, k) => typeof row.values[i] === 'number' ? [x(k), scale(row.values[i], range(i), 280, 40)] : null).filter(p => p); const path = make(svg, 'path', {d: points.map((p, k) => (k ? 'L' : 'M') + p.join(' ')).join(''), stroke: colours[n % colours.length]}); make(path, 'title', {}, row.name); });
        }
        function scatter() {
          const svg = document.getElementById('scatter'), i = +document.getElementById('x').value, j = +document.getElementById('y').value;
          svg.replaceChildren(); if (!numeric.length) return;
          const a = range(i), b = range(j);
          make(svg, 'line', {x1: 60, x2: 580, y1: 320, y2: 320, stroke: '#999'}); make(svg, 'line', {x1: 60, x2: 60, y1: 20, y2: 320, stroke: '#999'});
          [[60, 335, a[0]], [580, 335, a[1]]].forEach(t => make(svg, 'text', {x: t[0], y: t[1], 'text-anchor': 'middle', 'font-size': 10}, +t[2].toPrecision(4)));
          [[55, 320, b[0]], [55, 26, b[1]]].forEach(t => make(svg, 'text', {x: t[0], y: t[1], 'text-anchor': 'end', 'font-size': 10}, +t[2].toPrecision(4)));
          make(svg, 'text', {x: 320, y: 352, 'text-anchor': 'middle', 'font-size': 11}, columns[i]); make(svg, 'text', {x: 64, y: 14, 'font-size': 11}, columns[j]);
          rows.forEach((row, n) => { if (typeof row.values[i] !== 'number' || typeof row.values[j] !== 'number') return; const dot = make(svg, 'circle', {cx: scale(row.values[i], a, 60, 580), cy: scale(row.values[j], b, 320, 20), r: 5, fill: colours[n % colours.length]}); make(dot, 'title', {}, row.name); });
        }
        for (const id of ['x', 'y']) { const select = document.getElementById(id); numeric.forEach((i, k) => select.add(new Option(columns[i], i, false, k === (id === 'x' ? numeric.length - 1 : 0)))); select.onchange = scatter; }
        document.querySelectorAll('th').forEach((th, column) => th.onclick = () => { const body = document.querySelector('tbody'), up = th.dataset.up = th.dataset.up === '1' ? '0' : '1'; [...body.rows].sort((p, q) => { const a = p.cells[column].textContent, b = q.cells[column].textContent, n = a - b; return (up === '1' ? 1 : -1) * (isNaN(n) ? a.localeCompare(b) : n); }).forEach(row => body.appendChild(row)); });
        parallel(); scatter();
        """;

    private static DvcValue Plain(DvcValue? value) => value switch
    {
        null => DvcValue.Null,
        { Kind: DvcValueKind.Number } when !double.IsFinite(value.Number) => DvcValue.Null,
        { Kind: DvcValueKind.List or DvcValueKind.Map } => DvcValue.Of(PythonText.Text(value)),
        _ => value,
    };

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
