using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using CmlNet.Testing.Docker;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>The workflow of CML's own documentation, unchanged, with a real model: locally, and against a code host.</summary>
public sealed partial class ClassicWorkflowTests
{
    private const string Token = "ghs_0123456789abcdefghijklmnopqrstuvwxyz";

    [SkippableFact]
    public async Task Classic_Locally_OneCommentWithAccuracyAndPicture()
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.CmlPy3);
        using WorkTree tree = await WorkTree.CreateAsync(Files());
        CmlResult result = await CmlProcess.RunAsync(tree.Root, ["run", "--engine", "docker"]);

        Assert.True(result.ExitCode == 0, result.ToString());
        string comment = Assert.Single(Directory.GetFiles(Path.Combine(tree.LatestRun, "comments"), "*.md"));
        string body = await File.ReadAllTextAsync(comment);
        Assert.Matches(AccuracyLine(), body);
        Match picture = Picture().Match(body);
        Assert.True(picture.Success, body);
        byte[] bytes = await File.ReadAllBytesAsync(Path.Combine(tree.LatestRun, picture.Groups[1].Value));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.Single(Directory.GetFiles(Path.Combine(tree.LatestRun, "assets")));
        string page = await File.ReadAllTextAsync(Path.Combine(tree.LatestRun, "report.html"));
        Assert.Contains("Accuracy: 0.", page, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(bytes)[..200], page, StringComparison.Ordinal);
        Assert.Equal("success", tree.ReadRun()["conclusion"]!.GetValue<string>());
        await EngineState.AssertNothingLeftAsync(tree);
    }

    [SkippableFact]
    public async Task Classic_OnPullRequestWithPublish_CommentLandsThereAndASecondRunUpdatesIt()
    {
        CmlBinary.Require();
        await DockerFixture.RequireAsync(TestImages.CmlPy3);
        IPAddress bridge = BridgeAddress();
        await using FakeGitHub github = await FakeGitHub.StartAsync(bridge);
        await using FakeAssetServer assets = await FakeAssetServer.StartAsync(bridge);
        github.Tokens[Token] = new FakeToken { Login = "github-actions[bot]" };
        FakeRepository repository = github.AddRepository("acme/wine");
        using WorkTree tree = await WorkTree.CreateAsync(Files(), $"{github.Url}/acme/wine.git");
        string sha = await tree.GitAsync("rev-parse", "HEAD");
        repository.AddPullRequest(7, sha, "main");
        tree.Write("event.json", """{ "number": 7, "pull_request": { "number": 7, "title": "Forest" } }""");
        string[] arguments = ["run", "--engine", "docker", "--event", "pull_request", "--event-file", "event.json", "--publish", "--env", $"CML_ASSET_URL={assets.Url}", "--env", "CML_COMMENT_UPDATE=true"];
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["GITHUB_TOKEN"] = Token };

        CmlResult first = await CmlProcess.RunAsync(tree.Root, arguments, environment);
        Assert.True(first.ExitCode == 0, $"{first}\n{string.Join('\n', github.Requests())}");
        FakeComment comment = Assert.Single(repository.Comments);
        Assert.Equal(7, comment.Issue);
        Assert.Matches(AccuracyLine(), comment.Body);
        Assert.Contains($"]({assets.Url}/", comment.Body, StringComparison.Ordinal);
        Assert.Equal("image/png", Assert.Single(assets.Uploads).ContentType);

        string train = Path.Combine(tree.Root, "train.py");
        await File.WriteAllTextAsync(train, (await File.ReadAllTextAsync(train)).Replace("Accuracy:", "Accuracy again:", StringComparison.Ordinal));
        CmlResult second = await CmlProcess.RunAsync(tree.Root, arguments, environment);
        Assert.True(second.ExitCode == 0, second.ToString());
        Assert.Contains("Accuracy again: 0.", Assert.Single(repository.Comments).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, first.Out + first.Error + second.Out + second.Error, StringComparison.Ordinal);
        await EngineState.AssertNothingLeftAsync(tree);
    }

    private static Dictionary<string, string> Files()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Commands", "Run", "Repositories", "classic");
        return Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .ToDictionary(path => Path.GetRelativePath(folder, path), File.ReadAllText, StringComparer.Ordinal);
    }

    /// <summary>Where containers reach this machine.</summary>
    private static IPAddress BridgeAddress()
    {
        IPAddress? address = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.Name is "docker0" or "podman0")
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork);
        Skip.If(address is null, "The engine's bridge has no address on this machine, so containers cannot reach a server in this test.");
        return address!;
    }

    [GeneratedRegex("""^Accuracy: 0\.\d{4}$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex AccuracyLine();

    [GeneratedRegex("""!\[\]\((assets/[^) ]+\.png)""")]
    private static partial Regex Picture();
}
