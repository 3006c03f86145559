using System.Globalization;
using System.Text;

namespace CmlNet.Benchmarks;

/// <summary>A DVC project of many files: hashing against <c>md5sum</c> on all cores, looking at what did not change, and planning a long pipeline.</summary>
internal sealed class DvcBenchmark : IBenchmark
{
    private const int Small = 70_000, Tracked = 20_000, Stages = 1000;
    private const int SmallBytes = 280;

    public string Name => "dvc";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string root = Path.Combine(setting.Work, "dvc");
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        await File.WriteAllTextAsync(Path.Combine(root, ".dvc", "config"), "[core]\n    no_scm = true\n", cancellationToken);
        return [await AddAsync(setting, root, cancellationToken), await DvcLargeFiles.MeasureAsync(setting, root, cancellationToken), await StatusAsync(setting, root, cancellationToken), await PlanAsync(setting, root, cancellationToken), await DvcMetricsDiff.MeasureAsync(setting, cancellationToken), await PushAsync(setting, cancellationToken)];
    }

    private static async Task<Comparison> PushAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        try
        {
            return await DvcPush.MeasureAsync(setting, cancellationToken);
        }
        catch (BenchmarkException e)
        {
            return Comparison.NotMeasured("`dvc push` of many small files to S3", "`curl --parallel`", 1.2, e.Message);
        }
    }

    private static async Task<Comparison> AddAsync(BenchmarkSetting setting, string root, CancellationToken cancellationToken)
    {
        await FillAsync(Path.Combine(root, "small"), Small, cancellationToken);
        string state = Path.Combine(root, ".dvc", "tmp"), record = Path.Combine(root, "small.dvc");
        string sums = $"find small -type f -print0 | xargs -0 -P {Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)} -n 1000 md5sum";
        async Task<double> OursAsync()
        {
            if (Directory.Exists(state))
                Directory.Delete(state, recursive: true);
            File.Delete(record);
            return await Command.TimeAsync(setting.Binary, ["dvc", "add", "-q", "--no-commit", "small"], root, cancellationToken);
        }

        Sample ours = new(), theirs = new();
        await OursAsync(); // files in the page cache
        for (int round = 0; round < setting.Rounds; round++)
        {
            ours.Add(await OursAsync());
            theirs.Add(await Command.TimeAsync("/bin/sh", ["-c", sums + " >/dev/null"], root, cancellationToken));
        }

        return new Comparison("`dvc add --no-commit` of 70,000 files of 280 B", "`md5sum` on all cores", 1.3, ours, theirs, "hashing, sorting and recording, nothing known before; the cache is not filled");
    }

    private static async Task<Comparison> StatusAsync(BenchmarkSetting setting, string root, CancellationToken cancellationToken)
    {
        await FillAsync(Path.Combine(root, "tracked"), Tracked, cancellationToken);
        await Command.TimeAsync(setting.Binary, ["dvc", "add", "-q", "tracked"], root, cancellationToken);
        Sample ours = await RepeatAsync(setting, ["dvc", "status", "-q", "tracked.dvc"], root, cancellationToken), limit = new();
        limit.Add(300);
        return new Comparison("`dvc status`, 20,000 files, nothing changed", "0.3 s", 1, ours, limit, "the files and their objects in the cache are looked at, none is read");
    }

    private static async Task<Comparison> PlanAsync(BenchmarkSetting setting, string root, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(root, "pipeline");
        Directory.CreateDirectory(Path.Combine(folder, ".dvc"));
        File.Copy(Path.Combine(root, ".dvc", "config"), Path.Combine(folder, ".dvc", "config"));
        var text = new StringBuilder("stages:\n  part:\n    foreach: [").AppendJoin(", ", Enumerable.Range(0, Stages)).Append("]\n    do:\n      cmd: run ${item} in/${item} out/${item}\n      deps:\n        - in/${item}\n      outs:\n        - out/${item}\n  all:\n    cmd: join out result\n    deps: [out]\n    outs: [result]\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "dvc.yaml"), text.ToString(), cancellationToken);
        Sample ours = await RepeatAsync(setting, ["dvc", "dag", "--dot"], folder, cancellationToken), limit = new();
        limit.Add(150);
        return new Comparison("`dvc dag` of 1,000 stages by foreach", "0.15 s", 1, ours, limit, "parsed, filled in, checked for overlaps and circles, ordered");
    }

    private static async Task<Sample> RepeatAsync(BenchmarkSetting setting, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        var sample = new Sample();
        await Command.TimeAsync(setting.Binary, arguments, folder, cancellationToken);
        for (int round = 0; round < setting.Rounds; round++)
            sample.Add(await Command.TimeAsync(setting.Binary, arguments, folder, cancellationToken));
        return sample;
    }

    private static async Task FillAsync(string folder, int files, CancellationToken cancellationToken)
    {
        var random = new Random(files);
        byte[] content = new byte[SmallBytes];
        for (int i = 0; i < files; i++)
        {
            string part = Path.Combine(folder, (i / 1000).ToString("00", CultureInfo.InvariantCulture));
            if (i % 1000 == 0)
                Directory.CreateDirectory(part);
            random.NextBytes(content);
            await File.WriteAllBytesAsync(Path.Combine(part, $"{i:00000}"), content, cancellationToken);
        }
    }
}
