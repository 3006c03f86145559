using System.Globalization;
using System.Text;
using CmlNet.Testing.S3;

namespace CmlNet.Benchmarks;

/// <summary>Many small objects to an S3 server on this machine that takes its time over each request, as one far away does.</summary>
internal static class DvcPush
{
    private const int Objects = 1000, Bytes = 1024, Jobs = 16;
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(20);

    public static async Task<Comparison> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string subject = $"`dvc push -j {Jobs}` of {Objects:N0} files of 1 KB to S3, each answer after {Answer.TotalMilliseconds} ms", reference = $"`curl --parallel --parallel-max {Jobs}`, the same PUTs, not signed";
        string root = Directory.CreateDirectory(Path.Combine(setting.Work, "dvc-push")).FullName;
        await using var server = new FakeS3Server { Delay = Answer, TakesUnsigned = true };
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        await File.WriteAllTextAsync(Path.Combine(root, ".dvc", "config"), $"[core]\n    no_scm = true\n    remote = s3\n['remote \"s3\"']\n    url = s3://bucket/data\n    endpointurl = {server.Endpoint}\n    access_key_id = {FakeS3Server.KeyId}\n    secret_access_key = {FakeS3Server.Secret}\n", cancellationToken);
        string list = await FillAsync(root, server.Endpoint, cancellationToken);
        await Command.TimeAsync(setting.Binary, ["dvc", "add", "-q", "data"], root, cancellationToken);
        string[] curl = ["--silent", "--show-error", "--fail", "--parallel", "--parallel-max", Jobs.ToString(CultureInfo.InvariantCulture), "-K", list];
        Sample ours = new(), theirs = new();
        for (int round = 0; round <= setting.Rounds; round++)
        {
            server.Objects.Clear();
            double cml = await Command.TimeAsync(setting.Binary, ["dvc", "push", "-q", "-j", Jobs.ToString(CultureInfo.InvariantCulture)], root, cancellationToken);
            Check(server, Objects + 1, "dvc push");
            server.Objects.Clear();
            double others = await Command.TimeAsync("curl", curl, root, cancellationToken);
            Check(server, Objects, "curl");
            if (round == 0)
                continue;
            ours.Add(cml);
            theirs.Add(others);
        }

        double least = Math.Ceiling(Objects / (double)Jobs) * Answer.TotalMilliseconds;
        return new Comparison(subject, reference, 1.2, ours, theirs, string.Create(CultureInfo.InvariantCulture, $"what {Jobs} at once allow is {least:0} ms; ours also lists the bucket first and sends the folder's own object last"));
    }

    private static async Task<string> FillAsync(string root, string endpoint, CancellationToken cancellationToken)
    {
        var random = new Random(1);
        byte[] content = new byte[Bytes];
        Directory.CreateDirectory(Path.Combine(root, "data"));
        var list = new StringBuilder();
        for (int i = 0; i < Objects; i++)
        {
            random.NextBytes(content);
            string file = Path.Combine(root, "data", $"{i}");
            await File.WriteAllBytesAsync(file, content, cancellationToken);
            list.Append(CultureInfo.InvariantCulture, $"upload-file = \"{file}\"\nurl = \"{endpoint}/bucket/curl/{i}\"\n");
        }

        string path = Path.Combine(root, "curl.txt");
        await File.WriteAllTextAsync(path, list.ToString(), cancellationToken);
        return path;
    }

    private static void Check(FakeS3Server server, int expected, string who)
    {
        if (server.Objects.Count != expected)
            throw new BenchmarkException($"{who} put {server.Objects.Count} of {expected} objects");
    }
}
