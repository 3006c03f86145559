using System.Globalization;
using System.Text;

namespace CmlNet.Benchmarks;

/// <summary>Pictures from the start of the process to the file, against Matplotlib drawing the same by its own clock (its start and imports not counted).</summary>
internal sealed class ChartBenchmark : IBenchmark
{
    private const int Points = 1_000_000;

    public string Name => "charts";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string image = await Python.MatplotlibImageAsync(setting, cancellationToken);
        Write(setting.Work);
        Sample line = new(), lineReference = new(), report = new(), reportReference = new();
        const string begin = "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt, numpy as np, csv\n";
        for (int round = 0; round < setting.Rounds + 1; round++)
        {
            double ours = await Command.TimeAsync(setting.Binary, ["plot", "line", "line.csv", "-o", "line.png"], setting.Work, cancellationToken);
            double theirs = (await Python.RunAsync(setting, image, begin + "def work():\n  d=np.loadtxt('line.csv',delimiter=',',skiprows=1)\n  plt.plot(d[:,0],d[:,1])\n  plt.savefig('py.png',dpi=200)", cancellationToken)).Milliseconds;
            double oursReport = await Command.TimeAsync(setting.Binary, ["report", "run", "--out", "run/report.md", "--baseline", "none"], setting.Work, cancellationToken);
            double theirsReport = (await Python.RunAsync(setting, image, begin + "rows=list(csv.DictReader(open('run/history.csv')))\ndef work():\n  for name in ['loss','acc','f1','lr','norm']:\n    for style in ['default','dark_background']:\n      with plt.style.context(style):\n        plt.figure()\n        for n in [name,'val_'+name]: plt.plot([float(r['epoch']) for r in rows],[float(r[n]) for r in rows],label=n)\n        plt.legend()\n        plt.savefig(name+style+'.png',dpi=200)\n        plt.close()", cancellationToken)).Milliseconds;
            if (round == 0)
                continue; // files not in the page cache yet
            line.Add(ours);
            lineReference.Add(theirs);
            report.Add(oursReport);
            reportReference.Add(theirsReport);
        }

        return
        [
            new Comparison("a line of 10⁶ points: CSV to PNG by `cml plot`", "`numpy.loadtxt` and Matplotlib", 1, line, lineReference),
            new Comparison("a report of 10 metrics and 5 charts, light and dark PNG and SVG, by `cml report`", "Matplotlib, the ten PNGs alone", 1, report, reportReference),
        ];
    }

    private static void Write(string folder)
    {
        var text = new StringBuilder("step,loss\n");
        for (int i = 0; i < Points; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i},{Math.Exp(-i / 200_000.0) + 0.1 * Math.Sin(i * 0.7):F6}\n");
        File.WriteAllText(Path.Combine(folder, "line.csv"), text.ToString());
        string run = Path.Combine(folder, "run");
        Directory.CreateDirectory(run);
        string[] names = ["loss", "acc", "f1", "lr", "norm"];
        File.WriteAllText(Path.Combine(run, "metrics.json"), "{" + string.Join(", ", names.SelectMany(name => new[] { name, "val_" + name }).Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"\"{name}\": {0.5 + i * 0.037}"))) + "}");
        text.Clear().Append("epoch,").AppendJoin(',', names.SelectMany(name => new[] { name, "val_" + name })).Append('\n');
        for (int epoch = 0; epoch < 100; epoch++)
            text.Append(CultureInfo.InvariantCulture, $"{epoch},").AppendJoin(',', Enumerable.Range(0, 10).Select(i => (Math.Exp(-epoch / (10.0 + i)) + i * 0.1).ToString("F5", CultureInfo.InvariantCulture))).Append('\n');
        File.WriteAllText(Path.Combine(run, "history.csv"), text.ToString());
    }
}
