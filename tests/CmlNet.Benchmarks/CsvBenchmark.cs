using System.Diagnostics;
using System.Globalization;
using System.Text;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Benchmarks;

/// <summary>Reading tables, against pandas: a wide one as a whole, a long one streamed.</summary>
internal sealed class CsvBenchmark : IBenchmark
{
    /// <summary>The argument with which this program streams a file and tells how long it took and what memory.</summary>
    public const string StreamArgument = "--stream-csv";

    private const int WideRows = 1_000_000;
    private const int LongRows = 10_000_000;
    private const double Third = 1 / 3.0;

    public string Name => "csv";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string image = await Python.PandasImageAsync(setting, cancellationToken);
        string wide = Path.Combine(setting.Work, "wide.csv"), lengthy = Path.Combine(setting.Work, "long.csv");
        await Task.Run(() => WriteWide(wide), cancellationToken);
        await Task.Run(() => WriteLong(lengthy), cancellationToken);
        Sample ours = new(), theirs = new(), oursLong = new(), theirsLong = new();
        double oursMemory = 0, theirsMemory = 0;
        ReadWide(wide); // compiled
        for (int round = 0; round < setting.Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            ReadWide(wide);
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            theirs.Add((await Python.RunAsync(setting, image, "import pandas as pd\ndef work(): pd.read_csv('wide.csv')", cancellationToken)).Milliseconds);
            // Compiled once and for good: the published binary was compiled before it starts. The time that compiling takes counts.
            string[] stream = (await Command.OutputAsync("env", ["DOTNET_TieredCompilation=0", Environment.ProcessPath!, StreamArgument, lengthy], setting.Work, cancellationToken)).Split(' '); // running, so it has a path
            oursLong.Add(double.Parse(stream[0], CultureInfo.InvariantCulture));
            oursMemory = Math.Max(oursMemory, double.Parse(stream[1], CultureInfo.InvariantCulture));
            (double time, double memory) = await Python.RunAsync(setting, image, "import pandas as pd\ndef work(): sum(chunk.sum().sum() for chunk in pd.read_csv('long.csv', chunksize=100_000))", cancellationToken);
            theirsLong.Add(time);
            theirsMemory = Math.Max(theirsMemory, memory);
        }

        return
        [
            new Comparison("a CSV of 10⁶ rows and 14 columns read", "`pandas.read_csv`", Third, ours, theirs, $"{new FileInfo(wide).Length / 1_000_000} MB; two columns of labels, twelve of numbers"),
            new Comparison("a CSV of 10⁷ rows streamed", "`pandas.read_csv(chunksize=100_000)`", Third, oursLong, theirsLong, string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(lengthy).Length / 1_000_000} MB; peak memory {oursMemory:0} MB against {theirsMemory:0} MB")),
        ];
    }

    /// <summary>Sums every column; prints milliseconds and the peak of resident memory.</summary>
    public static void Stream(string path)
    {
        long began = Stopwatch.GetTimestamp();
        double total = 0;
        using (CsvFile csv = CsvFile.Open(File(path)))
        {
            int[] all = [.. Enumerable.Range(0, csv.Columns.Count)];
            while (csv.ReadRows(all, out CsvRows rows))
            {
                foreach (double value in rows.Numbers)
                    total += double.IsNaN(value) ? 0 : value;
            }
        }

        double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        string peak = System.IO.File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {double.Parse(peak.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024} {total}"));
    }

    private static void ReadWide(string path)
    {
        using CsvFile csv = CsvFile.Open(File(path));
        var labels = new LabelCodes();
        var codes = new List<int>();
        double[][] columns = [.. Enumerable.Range(0, csv.Columns.Count - 2).Select(_ => new double[WideRows])];
        for (int row = 0; csv.Read(); row++)
        {
            codes.Add(labels.Of(csv[0], csv.Line));
            codes.Add(labels.Of(csv[1], csv.Line));
            for (int i = 0; i < columns.Length; i++)
                columns[i][row] = csv.TryNumber(i + 2, out double value) ? value : double.NaN;
        }
    }

    private static ArtifactFile File(string path) => new() { FullPath = path, Path = path, IsNamed = true };

    // Shares as NumPy prints them, with all their digits; measurements with a few; whole numbers.
    private static void WriteWide(string path)
    {
        using var text = new StreamWriter(path, append: false, Encoding.ASCII, 1 << 20);
        text.Write("y_true,y_pred,id,age,income,score,p0,p1,p2,p3,p4,p5,p6,p7\n");
        var random = new Random(1);
        for (int i = 0; i < WideRows; i++)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"class {random.Next(10)},class {random.Next(10)},{i},{random.Next(18, 90)},{random.NextDouble() * 100_000:F2},{random.NextDouble():F6}"));
            for (int p = 0; p < 8; p++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $",{random.NextDouble():R}"));
            text.Write('\n');
        }
    }

    private static void WriteLong(string path)
    {
        using var text = new StreamWriter(path, append: false, Encoding.ASCII, 1 << 20);
        text.Write("step,loss\n");
        var random = new Random(2);
        for (int i = 0; i < LongRows; i++)
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{random.NextDouble():F9}\n"));
    }
}
