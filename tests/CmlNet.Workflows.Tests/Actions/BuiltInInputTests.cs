using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>Inputs of built-in actions that are misspelt, that have no effect here, or that are refused. As processes.</summary>
public sealed class BuiltInInputTests
{
    [Theory]
    [InlineData("actions/checkout", "'repository', 'ref', 'path'")]
    [InlineData("actions/upload-artifact", "'name', 'path', 'if-no-files-found'")]
    [InlineData("actions/download-artifact", "'name', 'path', 'pattern'")]
    [InlineData("actions/cache", "'path', 'key', 'restore-keys', 'fail-on-cache-miss', 'lookup-only', 'upload-chunk-size', 'save-always'")]
    [InlineData("actions/cache/restore", "'path', 'key', 'restore-keys', 'fail-on-cache-miss', 'lookup-only', 'enableCrossOsArchive']")]
    [InlineData("actions/cache/save", "'path', 'key', 'upload-chunk-size', 'enableCrossOsArchive']")]
    [InlineData("actions/setup-python", "'python-version', 'python-version-file'")]
    [InlineData("iterative/setup-cml", "'version', 'vega'")]
    [InlineData("iterative/setup-dvc", "'version']")]
    public async Task Input_ThatTheRealActionHasNot_IsWarnedOf(string action, string known)
    {
        using var run = new ActionRun(ActionRun.OneJob($"- uses: {action}@v4\n  with: {{ nam: model, path: a.txt, key: k }}"), ("a.txt", "a\n"));
        RunRecord record = await run.RunAsync("process");
        string log = run.Log(record, $"Run {action}@v4");
        Assert.Matches("##\\[warning\\]Unexpected input\\(s\\) 'nam'.*, valid inputs are \\[", log);
        Assert.Contains("valid inputs are [" + known, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_WithoutEffect_IsSaidUnlessItIsTheDefault()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - uses: actions/checkout@v4
              with: { fetch-depth: 0, fetch-tags: true, token: '${{ github.token }}', ssh-strict: true, persist-credentials: false, show-progress: false }
            - uses: actions/checkout@v4
              name: idle
              with: { fetch-depth: 1, token: other, sparse-checkout: docs, filter: 'blob:none', set-safe-directory: false, github-server-url: 'https://github.com/', persist-credentials: true, fetch-tags: false, show-progress: true, sparse-checkout-cone-mode: false }
            - uses: actions/upload-artifact@v4
              name: kept
              with: { path: .github, include-hidden-files: true, retention-days: 1, compression-level: 9 }
            """));
        RunRecord record = await run.RunAsync("process");
        run.AssertSucceeded(record);
        Assert.DoesNotContain("no effect", run.Log(record, "Run actions/checkout@v4"), StringComparison.Ordinal);
        string[] idle = [.. run.Log(record, "idle").Split('\n').Where(line => line.Contains("has no effect here: ", StringComparison.Ordinal)).Select(line => line.Split('\'')[1])];
        Assert.Equal(["token", "persist-credentials", "sparse-checkout", "sparse-checkout-cone-mode", "filter", "fetch-depth", "fetch-tags", "show-progress", "set-safe-directory"], idle);
        Assert.DoesNotContain("other", run.Log(record, "idle"), StringComparison.Ordinal);
        Assert.Contains("'retention-days' has no effect here: an artifact stays as long as its run directory.\n'compression-level' has", run.Log(record, "kept"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actions/setup-python@v5", "architecture: arm", "actions/setup-python with 'architecture: arm' is not supported by cml run: this job's architecture is ")]
    [InlineData("actions/setup-python@v5", "freethreaded: true", "actions/setup-python with 'freethreaded' is not supported by cml run: use an image with")]
    [InlineData("actions/setup-python@v6", "pip-install: numpy", "actions/setup-python with 'pip-install' is not supported by cml run: say it in a step of its own")]
    [InlineData("actions/checkout@v4", "github-server-url: 'https://example.com'", "actions/checkout with 'github-server-url' is not supported by cml run: this run's is https://github.com")]
    [InlineData("actions/download-artifact@v5", "artifact-ids: '1,2'", "actions/download-artifact with 'artifact-ids' is not supported by cml run: only artifacts of this run")]
    [InlineData("actions/download-artifact@v5", "run-id: 99", "actions/download-artifact with 'run-id' is not supported by cml run: only artifacts of this run")]
    [InlineData("actions/upload-artifact@v7", "archive: false", "actions/upload-artifact with 'archive' is not supported by cml run: an artifact keeps")]
    public async Task Input_ThatIsNotSupported_IsAnErrorThatNamesIt(string action, string input, string message)
    {
        using var run = new ActionRun(ActionRun.OneJob($"- uses: {action}\n  with: {{ {input} }}"));
        RunRecord record = await run.RunAsync("process");
        Assert.StartsWith(message, Assert.Single(record.Jobs[0].Annotations).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_WithTheDefaultsWrittenOut_IsTaken()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: actions/download-artifact@v5\n  with: { run-id: '${{ github.run_id }}', repository: '${{ github.repository }}', github-token: '${{ github.token }}' }"));
        run.AssertSucceeded(await run.RunAsync("process"));
    }
}
