using System.Globalization;
using System.Text;

namespace CmlNet.Benchmarks;

/// <summary>`cml metrics diff --md` of 500 metrics against the same table made with pandas; both are whole processes, started and waited for by Python.</summary>
internal sealed class DiffBenchmark : IBenchmark
{
    private const int Metrics = 500;

    // Python is started by Python inside the container, so that the container's start does not count; git's answer lies ready for it.
    private const string Script = """"
        import subprocess
        diff = """
        import json, pandas as pd
        old, new = (pd.Series(pd.json_normalize(json.load(open(f))).iloc[0]) for f in ("old.json", "metrics.json"))
        d = pd.DataFrame({"old": old, "new": new})
        d["change"] = d.new - d.old
        d = d[d.change != 0].round(5)
        print("| " + " | ".join(["metric", *d.columns]) + " |")
        for row in d.itertuples(): print("| " + " | ".join(map(str, row)) + " |")
        """
        def work(): subprocess.run(["python3", "-c", diff], stdout=subprocess.DEVNULL, check=True)
        """";

    private const string Ours = """
        import subprocess,sys,time
        t=time.perf_counter()
        subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
        print((time.perf_counter()-t)*1000)
        """;

    public string Name => "diff";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string image = await Python.ScikitLearnImageAsync(setting, cancellationToken);
        string metrics = Path.Combine(setting.Work, "metrics.json");
        await File.WriteAllTextAsync(metrics, Json(1), cancellationToken);
        File.Copy(metrics, Path.Combine(setting.Work, "old.json"), overwrite: true);
        foreach (string[] git in new[] { new[] { "init", "-q" }, ["add", "metrics.json"], ["-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-q", "-m", "old"] })
            await Command.TimeAsync("git", git, setting.Work, cancellationToken);
        await File.WriteAllTextAsync(metrics, Json(2), cancellationToken);
        Sample ours = new(), theirs = new();
        for (int round = 0; round <= setting.Rounds; round++)
        {
            string printed = await Command.OutputAsync("python3", ["-c", Ours, setting.Binary, "metrics", "diff", "--md"], setting.Work, cancellationToken);
            double cml = double.Parse(printed, CultureInfo.InvariantCulture);
            (double pandas, _) = await Python.RunAsync(setting, image, Script, cancellationToken);
            if (round == 0)
                continue; // files not in the page cache yet
            ours.Add(cml);
            theirs.Add(pandas);
        }

        return [new Comparison("`cml metrics diff --md` of 500 metrics", "pandas", 0.1, ours, theirs, "whole processes; theirs has the old file at hand, ours asks git")];
    }

    private static string Json(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("{");
        for (int i = 0; i < Metrics; i++)
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}\"group{i / 50}_metric{i}\": {random.NextDouble():R}");
        return text.Append('}').ToString();
    }
}
