using System.Globalization;
using CmlNet.Benchmarks;

// dotnet run -c Release --project tests/CmlNet.Benchmarks -- [--rounds N] [NAME...]
IBenchmark[] all = [new StartUpBenchmark(), new StepBenchmark(), new WorkspaceBenchmark(), new CsvBenchmark(), new ChartBenchmark(), new PredictionBenchmark(), new DiffBenchmark(), new DvcBenchmark(), new PublishingBenchmark(), new RunnerBenchmark()];
if (args is [CsvBenchmark.StreamArgument, var streamed])
{
    CsvBenchmark.Stream(streamed);
    return 0;
}

var names = new List<string>();
int rounds = 5;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds > 0)
    {
        i++;
    }
    else if (all.Any(benchmark => benchmark.Name == args[i]))
    {
        names.Add(args[i]);
    }
    else
    {
        await Console.Error.WriteLineAsync($"'{args[i]}': expected [--rounds N] and any of {string.Join(", ", all.Select(benchmark => benchmark.Name))}");
        return 2;
    }
}

string? root = AppContext.BaseDirectory;
while (root is not null && !File.Exists(Path.Combine(root, "CmlNet.sln")))
    root = Path.GetDirectoryName(root);
string binary = Path.Combine(root ?? "", "dist", "cml");
if (root is null || !File.Exists(binary))
{
    await Console.Error.WriteLineAsync("dist/cml is not there: ./build.sh publish makes it");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
string work = Directory.CreateTempSubdirectory("cmlnet-bench").FullName;
try
{
    var setting = new BenchmarkSetting { Root = root, Binary = binary, Work = work, Rounds = rounds };
    var rows = new List<Comparison>();
    foreach (IBenchmark benchmark in all.Where(benchmark => names.Count == 0 || names.Contains(benchmark.Name)))
    {
        await Console.Error.WriteLineAsync($"measuring: {benchmark.Name}");
        try
        {
            rows.AddRange(await benchmark.MeasureAsync(setting, stop.Token));
        }
        catch (BenchmarkException e)
        {
            rows.Add(Comparison.NotMeasured(benchmark.Name, "", null, e.Message));
        }
    }
    string table = Table.Render(rows);
    await Console.Out.WriteAsync(table);
    // A part of the table does not replace the whole.
    if (names.Count == 0)
        await Table.WriteAsync(Path.Combine(root, "tests", "CmlNet.Benchmarks", "README.md"), table, stop.Token);
    return rows.Any(row => row.Exceeded) ? 1 : 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
finally
{
    Directory.Delete(work, recursive: true);
}
