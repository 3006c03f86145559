using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Packaging;

/// <summary>What <c>actions/</c> offers, run as workflows by the published binary, with a code host that answers.</summary>
public sealed class ActionWorkflowTests
{
    private const string ReadOnly = "ghs_0123456789abcdef_readonly";
    private const string Trusted = "ghs_0123456789abcdef_trusted";

    private const string Train = """
        import json
        json.dump({"accuracy": 0.91}, open("metrics.json", "w"))
        """;

    private const string UseThem = """
        on: push
        jobs:
          one:
            runs-on: ubuntu-latest
            steps:
              - uses: actions/checkout@v4
              - run: python3 train.py
              - id: report
                uses: ./actions/report
                with: { metrics: metrics.json, title: "A $(touch pwned) report", summary: true }
              - id: picture
                uses: ./actions/publish
                with: { file: plot.png, assets: server, url: "${{ vars.ASSETS }}" }
              - env: { URL: "${{ steps.picture.outputs.url }}", REPORT: "${{ steps.report.outputs.report }}" }
                run: printf '\n![plot](%s)\n' "$URL" >>"$REPORT"
              - id: comment
                uses: ./actions/comment
                with: { report: "${{ steps.report.outputs.report }}", target: pr/7, title: my label }
              - env: { URL: "${{ steps.comment.outputs.url }}" }
                run: test -n "$URL" && test ! -e pwned
        """;

    private const string Download = """
        inputs: { name: { required: true }, path: { required: true }, run-id: { required: true }, github-token: {} }
        runs:
          using: composite
          steps:
            - shell: bash
              env: { FROM: "artifacts-of-${{ inputs.run-id }}/${{ inputs.name }}", TO: "${{ inputs.path }}" }
              run: cp -r "$FROM" "$TO"
        """;

    [SkippableFact]
    public async Task ReportPublishAndComment_InOneJob_PostTheReportWithItsPicture()
    {
        CmlBinary.Require();
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using FakeAssetServer assets = await FakeAssetServer.StartAsync();
        FakeRepository repository = gitHub.AddRepository("acme/wine");
        gitHub.Tokens[Trusted] = new FakeToken { Login = "github-actions[bot]" };
        using WorkTree tree = await CreateAsync(gitHub, new() { [".github/workflows/use.yml"] = UseThem, ["plot.png"] = "\u0089PNG" });
        repository.AddPullRequest(7, await tree.GitAsync("rev-parse", "HEAD"), "main");
        CmlResult result = await RunAsync(tree, Trusted, "--var", $"ASSETS={assets.Url}/", "--event", "push", ".github/workflows/use.yml");
        Assert.True(result.ExitCode == 0, $"{result}\n{string.Join('\n', gitHub.Requests())}");
        FakeComment comment = Assert.Single(repository.Comments);
        Assert.Equal(7, comment.Issue);
        Assert.Contains("| accuracy | 0.91 |", comment.Body, StringComparison.Ordinal);
        Assert.Contains($"![plot]({assets.Url}/", comment.Body, StringComparison.Ordinal);
        Assert.Contains("\"CML watermark my label\"", comment.Body, StringComparison.Ordinal);
        Assert.Equal("plot.png", Assert.Single(assets.Uploads).FileName);
    }

    [SkippableTheory]
    [InlineData("0.9", 0)]
    [InlineData("0.95", 1)]
    public async Task ForkPair_PullRequestOfAStranger_IsCommentedByTheSecond(string least, int exitCode)
    {
        CmlBinary.Require();
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        FakeRepository repository = gitHub.AddRepository("acme/wine");
        gitHub.Tokens[ReadOnly] = new FakeToken { Login = "github-actions[bot]", Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read", ["pull-requests"] = "read" } };
        gitHub.Tokens[Trusted] = new FakeToken { Login = "github-actions[bot]" };
        string pair = Path.Combine(CmlBinary.RepositoryRoot(), "actions", "fork-pull-requests");
        using WorkTree tree = await CreateAsync(gitHub, new()
        {
            [".github/workflows/report.yml"] = await File.ReadAllTextAsync(Path.Combine(pair, "report.yml")),
            // GitHub keeps artifacts of other runs; here a folder does.
            [".github/workflows/comment.yml"] = (await File.ReadAllTextAsync(Path.Combine(pair, "comment.yml"))).Replace("actions/download-artifact@d3f86a106a0bac45b974a628896c90dbdf5c8093", "acme/download-artifact@v4", StringComparison.Ordinal),
            ["download/action.yml"] = Download,
            ["cml.yaml"] = $"report:\n  gates:\n    - {{metric: accuracy, min: {least}}}\n",
        });
        string sha = await tree.GitAsync("rev-parse", "HEAD");
        repository.AddPullRequest(7, sha, "feature");

        tree.Write("event.json", """{"action":"opened","number":7,"pull_request":{"number":7,"head":{"sha":"SHA","ref":"feature","repo":{"full_name":"mona/wine","owner":{"login":"mona"}}},"base":{"ref":"main","repo":{"full_name":"acme/wine"}}}}""".Replace("SHA", sha, StringComparison.Ordinal));
        CmlResult first = await RunAsync(tree, ReadOnly, "--event", "pull_request", "--event-file", "event.json", ".github/workflows/report.yml");
        Assert.True(first.ExitCode == exitCode, $"{first}\n{string.Join('\n', gitHub.Requests())}");
        Assert.Empty(repository.Comments);
        string bundle = Path.Combine(tree.LatestRun, "artifacts", "cml-report");
        Assert.True(File.Exists(Path.Combine(bundle, "manifest.json")), first.ToString());

        foreach (string file in Directory.GetFiles(bundle))
            tree.Write(Path.Combine("artifacts-of-31", "cml-report", Path.GetFileName(file)), await File.ReadAllTextAsync(file));
        tree.Write("run.json", """{"action":"completed","workflow_run":{"id":31,"name":"Report","event":"pull_request","conclusion":"success","head_sha":"SHA","head_branch":"feature","head_repository":{"full_name":"mona/wine","owner":{"login":"mona"}},"pull_requests":[]}}""".Replace("SHA", sha, StringComparison.Ordinal));
        for (int round = 0; round < 2; round++)
        {
            CmlResult second = await RunAsync(tree, Trusted, "--event", "workflow_run", "--event-file", "run.json", "--action", "acme/download-artifact@v4=download", ".github/workflows/comment.yml");
            Assert.True(second.ExitCode == 0, $"{second}\n{string.Join('\n', gitHub.Requests())}");
            FakeComment comment = Assert.Single(repository.Comments);
            Assert.Equal(7, comment.Issue);
            Assert.Contains("| accuracy | 0.91 |", comment.Body, StringComparison.Ordinal);
        }
    }

    private static Task<CmlResult> RunAsync(WorkTree tree, string token, params string[] arguments) =>
        CmlProcess.RunAsync(tree.Root, ["run", "--engine", "process", "--publish", .. arguments], new Dictionary<string, string?>(StringComparer.Ordinal) { ["GITHUB_TOKEN"] = token });

    private static async Task<WorkTree> CreateAsync(FakeGitHub gitHub, Dictionary<string, string> files)
    {
        files["train.py"] = Train;
        string actions = Path.Combine(CmlBinary.RepositoryRoot(), "actions");
        foreach (string file in Directory.EnumerateFiles(actions, "*", SearchOption.AllDirectories))
            files[Path.Combine("actions", Path.GetRelativePath(actions, file))] = await File.ReadAllTextAsync(file);
        return await WorkTree.CreateAsync(files, $"{gitHub.Url}/acme/wine.git");
    }
}
