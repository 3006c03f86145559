using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Reports.Html.ReportPage;

/// <summary>
/// What the page does where scripts run: values under the pointer, zoom, sorted tables, pictures before and after under one slider.
/// Without it every picture and table is there as it is. Reads the attributes that <c>SvgWriter</c> leaves (<c>data-x</c>, <c>data-y</c>, <c>data-s</c>).
/// </summary>
internal static class ReportScript
{
    /// <summary>The script, as it stands between the tags.</summary>
    public const string Text =
        """
        'use strict';
        (() => {
          const tip = document.createElement('div');
          tip.className = 'tip';
          tip.hidden = true;
          document.body.append(tip);
          const make = (name, text, label) => { const e = document.createElement(name); e.textContent = text; if (label) e.setAttribute('aria-label', label); return e; };
          const axis = text => { const [from, to, low, high, log] = text.split(' ').map(Number); return p => { const s = (p - from) / (to - from); return log ? 10 ** (Math.log10(low) + s * (Math.log10(high) - Math.log10(low))) : low + s * (high - low); }; };
          const show = v => { const a = Math.abs(v); return a !== 0 && (a < 1e-4 || a >= 1e6) ? v.toExponential(3) : String(Number(v.toPrecision(5))); };

          const points = svg => {
            if (svg.points) return svg.points;
            const found = [];
            for (const series of svg.querySelectorAll('g[data-x] g[data-s]')) {
              for (const mark of series.children) {
                if (mark.localName === 'circle') found.push([+mark.getAttribute('cx'), +mark.getAttribute('cy'), series.dataset.s]);
                else if (mark.localName === 'path' && mark.getAttribute('fill') === 'none') for (const p of mark.getAttribute('d').slice(1).split('L')) { const [x, y] = p.split(' '); found.push([+x, +y, series.dataset.s]); }
              }
            }
            return svg.points = found;
          };

          const describe = (svg, event) => {
            const own = event.target.closest('rect')?.querySelector('title');
            if (own) return own.textContent;
            const plot = svg.querySelector('g[data-x]'), at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
            let best = null, least = 400;
            for (const p of plot ? points(svg) : []) { const d = (p[0] - at.x) ** 2 + (p[1] - at.y) ** 2; if (d < least) { least = d; best = p; } }
            return best && `${best[2]}: ${show(axis(plot.dataset.y)(best[1]))} at ${show(axis(plot.dataset.x)(best[0]))}`;
          };

          for (const figure of document.querySelectorAll('figure.chart')) {
            let scale = 1;
            const pictures = [...figure.querySelectorAll('svg')], whole = pictures.map(svg => svg.getAttribute('viewBox').split(' ').map(Number));
            const zoom = (factor, fx, fy) => {
              const next = Math.min(16, Math.max(1, scale * factor));
              pictures.forEach((svg, i) => {
                const [x, y, w, h] = svg.getAttribute('viewBox').split(' ').map(Number), [, , fullW, fullH] = whole[i], nw = fullW / next, nh = fullH / next;
                const nx = Math.min(fullW - nw, Math.max(0, x + (w - nw) * fx)), ny = Math.min(fullH - nh, Math.max(0, y + (h - nh) * fy));
                svg.setAttribute('viewBox', [nx, ny, nw, nh].join(' '));
              });
              scale = next;
              figure.classList.toggle('zoomed', scale > 1);
            };
            const tools = make('div', '');
            tools.className = 'tools';
            for (const [text, label, act] of [['+', 'Zoom in', () => zoom(1.5, .5, .5)], ['−', 'Zoom out', () => zoom(1 / 1.5, .5, .5)], ['1:1', 'Show all', () => zoom(0, .5, .5)]]) {
              const button = make('button', text, label);
              button.type = 'button';
              button.addEventListener('click', act);
              tools.append(button);
            }
            figure.prepend(tools);
            for (const svg of pictures) {
              svg.querySelector(':scope > title')?.remove();
              svg.addEventListener('wheel', e => { if (!e.ctrlKey && !e.metaKey) return; e.preventDefault(); const r = svg.getBoundingClientRect(); zoom(e.deltaY < 0 ? 1.25 : .8, (e.clientX - r.left) / r.width, (e.clientY - r.top) / r.height); }, { passive: false });
              let held = null;
              svg.addEventListener('pointerdown', e => { if (scale > 1) { held = [e.clientX, e.clientY]; svg.setPointerCapture(e.pointerId); } });
              svg.addEventListener('pointerup', () => { held = null; });
              svg.addEventListener('pointerleave', () => { tip.hidden = true; });
              svg.addEventListener('pointermove', e => {
                if (held) {
                  const [x, y, w, h] = svg.getAttribute('viewBox').split(' ').map(Number), [, , fullW, fullH] = whole[pictures.indexOf(svg)], r = svg.getBoundingClientRect();
                  const nx = Math.min(fullW - w, Math.max(0, x - (e.clientX - held[0]) * w / r.width)), ny = Math.min(fullH - h, Math.max(0, y - (e.clientY - held[1]) * h / r.height));
                  svg.setAttribute('viewBox', [nx, ny, w, h].join(' '));
                  held = [e.clientX, e.clientY];
                  return;
                }
                const text = describe(svg, e);
                tip.hidden = !text;
                if (!text) return;
                tip.textContent = text;
                tip.style.left = Math.max(4, Math.min(e.clientX + 14, innerWidth - tip.offsetWidth - 8)) + 'px';
                tip.style.top = Math.max(4, e.clientY - tip.offsetHeight - 10) + 'px';
              });
            }
          }

          for (const table of document.querySelectorAll('table.sortable')) {
            const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells], first = [...body.rows];
            const units = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, us: 1e-3, ms: 1, s: 1e3, min: 6e4 };
            const key = (row, i) => { const text = row.cells[i].textContent.trim(), m = /^(?:p\s*)?[=<>≤≥]?\s*([-+]?(?:[\d.]+(?:e[-+]?\d+)?|inf))\s*(B|kB|MB|GB|us|ms|s|min|%)?(?=$|[\s,;(])/.exec(text); return [text, m ? (m[1].endsWith('inf') ? m[1][0] === '-' ? -Infinity : Infinity : +m[1]) * (units[m[2]] ?? 1) : null]; };
            heads.forEach((head, i) => {
              const button = make('button', head.textContent);
              button.type = 'button';
              head.replaceChildren(button);
              button.addEventListener('click', () => {
                const was = head.getAttribute('aria-sort'), now = was === 'ascending' ? 'descending' : was === 'descending' ? null : 'ascending', sign = now === 'descending' ? -1 : 1;
                heads.forEach(h => h.removeAttribute('aria-sort'));
                if (now) head.setAttribute('aria-sort', now);
                const rows = now ? [...first].sort((a, b) => { const [ta, na] = key(a, i), [tb, nb] = key(b, i); if (na === null && nb === null) return sign * ta.localeCompare(tb); if (na === null) return 1; if (nb === null) return -1; return sign * (na - nb) || 0; }) : first;
                body.append(...rows);
              });
            });
          }

          for (const compare of document.querySelectorAll('.compare')) {
            const slider = make('input', '', 'Share of the picture that shows the baseline');
            slider.type = 'range';
            slider.min = 0;
            slider.max = 100;
            slider.value = 50;
            const move = () => compare.style.setProperty('--at', slider.value + '%');
            slider.addEventListener('input', move);
            compare.classList.add('on');
            compare.append(slider);
            move();
          }
        })();
        """;

    /// <summary>What the page's policy allows to run: this script and no other.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
