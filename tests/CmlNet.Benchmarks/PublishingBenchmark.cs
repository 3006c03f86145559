using System.Diagnostics;
using System.Globalization;
using System.Text;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Benchmarks;

/// <summary>`cml comment create` on loopback against curl sending the same, and the rewriting of a long report against parsing it.</summary>
internal sealed class PublishingBenchmark : IBenchmark
{
    private const int Images = 100;
    private const int ImageSize = 200 * 1024;
    private const int ReportSize = 1024 * 1024;

    public string Name => "publish";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(setting.Work, "publish");
        Directory.CreateDirectory(folder);
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using FakeAssetServer assets = await FakeAssetServer.StartAsync();
        gitHub.AddRepository("o/r").AddPullRequest(5, new string('1', 40));
        gitHub.Tokens["ghs_benchmark"] = new FakeToken { Login = "github-actions[bot]" };
        string[] environment = [$"GITHUB_SERVER_URL={gitHub.Url}", $"GITHUB_API_URL={gitHub.ApiUrl}", "GITHUB_REPOSITORY=o/r", "GITHUB_SHA=" + new string('1', 40), "GITHUB_TOKEN=ghs_benchmark", $"CML_ASSET_URL={assets.Url}/"];
        return
        [
            await CommentAsync(setting, folder, environment, $"{gitHub.ApiUrl}/repos/o/r/issues/5/comments", cancellationToken),
            await ImagesAsync(setting, folder, environment, assets.Url, cancellationToken),
            await RewriteAsync(setting, folder, cancellationToken),
        ];
    }

    private static async Task<Comparison> CommentAsync(BenchmarkSetting setting, string folder, string[] environment, string url, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "short.md"), "# Accuracy 0.91\n", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "short.json"), """{"body":"# Accuracy 0.91\n"}""", cancellationToken);
        string[] ours = [.. environment, setting.Binary, "comment", "create", "short.md", "--target=pr/5"];
        string[] theirs = ["-sS", "-f", "-o", "/dev/null", "-H", "Authorization: token ghs_benchmark", "-H", "Content-Type: application/json", "--data-binary", "@short.json", url];
        return await CompareAsync("`cml comment create`, one short report", "`curl` with the same POST", setting, folder, ours, theirs, cancellationToken);
    }

    private static async Task<Comparison> ImagesAsync(BenchmarkSetting setting, string folder, string[] environment, string url, CancellationToken cancellationToken)
    {
        var report = new StringBuilder();
        var config = new StringBuilder();
        for (int i = 0; i < Images; i++)
        {
            byte[] image = new byte[ImageSize];
            new Random(i).NextBytes(image);
            ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']).CopyTo(image);
            string name = string.Create(CultureInfo.InvariantCulture, $"{i}.png");
            await File.WriteAllBytesAsync(Path.Combine(folder, name), image, cancellationToken);
            report.Append(CultureInfo.InvariantCulture, $"![{i}]({name})\n");
            config.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : "next\n")}silent\noutput = /dev/null\ndata-binary = \"@{name}\"\nurl = \"{url}/\"\n");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "images.md"), report.ToString(), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "curl.txt"), config.ToString(), cancellationToken);
        string[] ours = [.. environment, setting.Binary, "comment", "create", "images.md", "--target=pr/5", "--assets=server"];
        return await CompareAsync($"`cml comment create`, {Images} images of 200 KB", "`curl --parallel --parallel-max 4` with the same files", setting, folder, ours, ["-Z", "--parallel-max", "4", "-K", "curl.txt"], cancellationToken);
    }

    private static async Task<Comparison> CompareAsync(string subject, string reference, BenchmarkSetting setting, string folder, string[] ours, string[] theirs, CancellationToken cancellationToken)
    {
        Sample mine = new(), other = new();
        for (int i = 0; i < setting.Rounds + 1; i++)
        {
            double cml = await Command.TimeAsync("env", ours, folder, cancellationToken);
            double curl = await Command.TimeAsync("curl", theirs, folder, cancellationToken);
            if (i == 0)
                continue; // files not in the page cache yet
            mine.Add(cml);
            other.Add(curl);
        }

        string kibibytes = await Command.OutputAsync("python3", ["-c", StartUpBenchmark.PeakMemory, "/usr/bin/env", .. ours], folder, cancellationToken);
        return new Comparison(subject, reference, null, mine, other, string.Create(CultureInfo.InvariantCulture, $"peak memory {double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024:0} MB"));
    }

    /// <summary>In this process, warm: the work itself, without a start.</summary>
    private static async Task<Comparison> RewriteAsync(BenchmarkSetting setting, string folder, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        for (int i = 0; text.Length < ReportSize; i++)
            text.Append(CultureInfo.InvariantCulture, $"## Section {i}\n\nSome *text* with a [link](https://example.com/{i}) and `code`.\n\n| a | b |\n|---|--:|\n| {i} | 0.{i} |\n\n![plot](0.png)\n\n");
        string report = text.ToString();
        var files = new AssetFiles { BaseDirectory = folder, Roots = [folder] };
        Sample ours = new(), theirs = new();
        for (int i = 0; i < setting.Rounds + 2; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await new AssetLinker(new LocalAssetStore(Path.Combine(folder, "store")), files, NullLogger.Instance).LinkAsync(report, cancellationToken);
            double linked = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            began = Stopwatch.GetTimestamp();
            MarkdownReader.Read(report);
            double parsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (i < 2)
                continue; // code not compiled yet
            ours.Add(linked);
            theirs.Add(parsed);
        }

        return new Comparison("a report of 1 MB rewritten, one image linked in each section", "Markdig parsing it", null, ours, theirs, "in one process, warm");
    }
}
