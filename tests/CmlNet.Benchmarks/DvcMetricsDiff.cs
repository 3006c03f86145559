using System.Globalization;

namespace CmlNet.Benchmarks;

/// <summary>The metrics of two revisions, which are git's alone.</summary>
internal static class DvcMetricsDiff
{
    private const int Files = 10, Values = 50;

    public static async Task<Comparison> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        string root = Directory.CreateDirectory(Path.Combine(setting.Work, "dvc-metrics")).FullName;
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        await File.WriteAllTextAsync(Path.Combine(root, ".dvc", "config"), "", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(root, "dvc.yaml"), "metrics:\n" + string.Concat(Enumerable.Range(0, Files).Select(i => $"- m{i}.json\n")), cancellationToken);
        await GitAsync(root, ["init", "-q"], cancellationToken);
        for (int revision = 0; revision < 2; revision++)
        {
            var random = new Random(revision);
            for (int i = 0; i < Files; i++)
                await File.WriteAllTextAsync(Path.Combine(root, $"m{i}.json"), "{" + string.Join(", ", Enumerable.Range(0, Values).Select(value => string.Create(CultureInfo.InvariantCulture, $"\"v{value}\": {random.NextDouble():R}"))) + "}", cancellationToken);
            await GitAsync(root, ["add", "-A"], cancellationToken);
            await GitAsync(root, ["-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-q", "-m", "r"], cancellationToken);
        }

        string shows = string.Join("; ", Enumerable.Range(0, Files).SelectMany(i => (string[])[$"git show HEAD~1:m{i}.json", $"git show HEAD:m{i}.json"]));
        Sample ours = new(), theirs = new();
        for (int round = 0; round <= setting.Rounds; round++)
        {
            double cml = await Command.TimeAsync(setting.Binary, ["dvc", "metrics", "diff", "HEAD~1", "HEAD", "--md"], root, cancellationToken);
            double git = await Command.TimeAsync("/bin/sh", ["-c", shows], root, cancellationToken);
            if (round == 0)
                continue;
            ours.Add(cml);
            theirs.Add(git);
        }

        return new Comparison($"`dvc metrics diff HEAD~1 HEAD`, {Files} files of {Values} values", "`git show` of each file at each revision, one after the other", 3, ours, theirs, "whole processes; ours has one `git cat-file` for all");
    }

    private static Task<double> GitAsync(string root, string[] arguments, CancellationToken cancellationToken) => Command.TimeAsync("git", arguments, root, cancellationToken);
}
