using System.Globalization;

namespace CmlNet.Benchmarks;

/// <summary>Adding few large files: how fast content is hashed.</summary>
internal static class DvcLargeFiles
{
    private const int Files = 4, Megabytes = 1024;

    public static async Task<Comparison> MeasureAsync(BenchmarkSetting setting, string root, CancellationToken cancellationToken)
    {
        const string Subject = "`dvc add --no-commit` of a folder of 4 × 1 GB", Reference = "`md5sum` on all cores";
        string folder = Directory.CreateDirectory(Path.Combine(root, "large")).FullName;
        try
        {
            if (new DriveInfo(folder).AvailableFreeSpace < 2L * Files * Megabytes << 20)
                return Comparison.NotMeasured(Subject, Reference, 1.3, "there is not enough room on the disk");
            await FillAsync(folder, cancellationToken);
            Sample ours = new(), theirs = new();
            string sums = $"find large -type f -print0 | xargs -0 -P {Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)} -n 1 md5sum >/dev/null";
            for (int round = 0; round <= setting.Rounds; round++)
            {
                Directory.Delete(Path.Combine(root, ".dvc", "tmp"), recursive: true);
                File.Delete(Path.Combine(root, "large.dvc"));
                double cml = await Command.TimeAsync(setting.Binary, ["dvc", "add", "-q", "--no-commit", "large"], root, cancellationToken);
                double md5sum = await Command.TimeAsync("/bin/sh", ["-c", sums], root, cancellationToken);
                if (round == 0)
                    continue; // files not in the page cache yet
                ours.Add(cml);
                theirs.Add(md5sum);
            }

            return new Comparison(Subject, Reference, 1.3, ours, theirs, string.Create(CultureInfo.InvariantCulture, $"{Files * Megabytes / 1024.0 * 1.073741824 / (ours.Median / 1000):0.00} GB/s; nothing known before; the cache is not filled"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task FillAsync(string folder, CancellationToken cancellationToken)
    {
        byte[] block = new byte[1 << 20];
        new Random(1).NextBytes(block);
        for (int file = 0; file < Files; file++)
        {
            await using FileStream stream = File.Create(Path.Combine(folder, $"{file}"));
            for (int i = 0; i < Megabytes; i++)
            {
                block[0] = (byte)i;
                block[1] = (byte)file;
                await stream.WriteAsync(block, cancellationToken);
            }
        }
    }
}
