using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Comments;

/// <summary><c>--watch</c> by the published binary: a report in two files, while a training writes them.</summary>
public sealed class WatchTests : IDisposable
{
    private const string Sha = "1111111111111111111111111111111111111111";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-watch-");

    [SkippableFact]
    public async Task Watch_TwoFiles_PostsAtOnceOnChangesAndALastTimeWhenTold()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        FakeRepository repository = gitHub.AddRepository("o/r");
        repository.AddPullRequest(5, Sha);
        gitHub.Tokens["ghs_secret"] = new FakeToken { Login = "github-actions[bot]" };
        await WriteAsync("a.md", "epoch 1");
        await WriteAsync("b.md", "notes 1\n\n![p](p.png)");
        await File.WriteAllBytesAsync(Path.Combine(_directory.FullName, "p.png"), [0x89, (byte)'P', (byte)'N', (byte)'G']);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string name, string value) in new[] { ("GITHUB_SERVER_URL", gitHub.Url), ("GITHUB_API_URL", gitHub.ApiUrl), ("GITHUB_REPOSITORY", "o/r"), ("GITHUB_SHA", Sha), ("GITHUB_TOKEN", "ghs_secret"), ("CML_COMMENT_TARGET", "pr/5") })
            environment[name] = value;
        await using CmlProcess cml = CmlProcess.Start(_directory.FullName, ["comment", "create", "a.md", "b.md", "--watch"], environment);
        await SeesAsync(repository, "epoch 1\n\nnotes 1\n");
        await WriteAsync("b.md", "notes two\n\n![p](p.png)");
        await SeesAsync(repository, "epoch 1\n\nnotes two\n");
        await WriteAsync("a.md", "epoch three");
        await cml.SignalAsync("TERM");
        CmlResult result = await cml.WaitAsync();
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.StartsWith("epoch three\n\nnotes two\n", Assert.Single(repository.Comments).Body, StringComparison.Ordinal);
        // Where the picture is, has been answered already.
        Assert.InRange(gitHub.NotModified, 1, int.MaxValue);
        Assert.Single(gitHub.Requests(), r => r.EndsWith("/git/blobs", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static Task SeesAsync(FakeRepository repository, string text) => Until.TrueAsync(
        () =>
        {
            lock (repository.Gate)
                return repository.Comments is [{ Body: var body }] && body.StartsWith(text, StringComparison.Ordinal);
        },
        () => $"a comment that starts with '{text}'",
        () => true);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_directory.FullName, name), text + "\n");
}
