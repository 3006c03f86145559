using System.Runtime.CompilerServices;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Tests.Execution.Events;

public sealed class EventPayloadTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public EventPayloadTests()
    {
        _repository.Commit("Add training", ("train.py", "1"));
        _repository.Git("remote", "add", "origin", "https://github.com/octo/hello.git");
        _repository.Git("checkout", "--quiet", "-b", "experiment");
        _repository.Commit("Use a deeper tree\n\nDepth 5 instead of 3.", ("train.py", "2"), ("params.yaml", "depth: 5"));
    }

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("push")]
    [InlineData("pull_request")]
    [InlineData("workflow_dispatch")]
    [InlineData("schedule")]
    [InlineData("release")]
    public async Task Build_Event_HasGitHubsShape(string name)
    {
        EventPayload payload = await BuildAsync(new EventRequest
        {
            Name = name,
            Inputs = [new("depth", "5"), new("dry-run", "true")],
            WorkflowPath = ".github/workflows/cml.yml",
            Schedule = "15 4 * * 1",
        });

        AssertGolden($"{name}.json", payload.ToJson());
    }

    [Fact]
    public async Task Build_EventFile_IsLaidOverTheSynthesisedPayload()
    {
        EventPayload payload = await BuildAsync(new EventRequest
        {
            Name = "pull_request",
            PullRequestNumber = 7,
            PayloadJson = """{ "action": "opened", "number": 42, "pull_request": { "draft": true, "head": { "repo": { "fork": true } }, "labels": [{ "name": "gpu" }], "body": null } }""",
        });

        Assert.Equal("opened 42 7 true true", $"{payload.Text("action")} {payload.Text("number")} {payload.Text("pull_request", "number")} {payload.Text("pull_request", "draft")} {payload.Text("pull_request", "head", "repo", "fork")}");
        Assert.Equal("experiment", payload.Text("pull_request", "head", "ref"));
        Assert.Null(payload.Text("pull_request", "body"));
    }

    [Theory]
    [InlineData("[1]", "The event file must hold a JSON object, e.g. {\"action\": \"opened\"}.")]
    [InlineData("{\n  \"a\": nope\n}", "The event file is not valid JSON: line 2, byte 9. It must hold one object, e.g. {\"action\": \"opened\"}.")]
    [InlineData("", "The event file is not valid JSON: line 1, byte 1. It must hold one object, e.g. {\"action\": \"opened\"}.")]
    [InlineData("{\"a\": 1, \"a\": 2}", "The event file names a member twice in one object; keep one.")]
    [InlineData("{\"a\": {\"b\": 1, \"b\": 2}}", "The event file names a member twice in one object; keep one.")]
    public async Task Build_BadEventFile_SaysWhatIsWrong(string json, string message)
    {
        EventPayloadException error = await Assert.ThrowsAsync<EventPayloadException>(() => BuildAsync(new EventRequest { Name = "push", PayloadJson = json }));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("push", "refs/heads/experiment experiment branch  ")]
    [InlineData("pull_request", "refs/pull/1/merge 1/merge branch experiment main")]
    [InlineData("pull_request_target", "refs/heads/main main branch experiment main")]
    [InlineData("workflow_dispatch", "refs/heads/experiment experiment branch  ")]
    [InlineData("schedule", "refs/heads/experiment experiment branch  ")]
    public async Task Of_Event_GivesReferences(string name, string expected)
    {
        GitState git = await GitStateReader.ReadAsync(_repository.Root, "origin", null, CancellationToken.None);
        EventReference reference = EventReference.Of(EventPayload.Build(new EventRequest { Name = name }, git), git);

        Assert.Equal(expected, $"{reference.Ref} {reference.Name} {reference.Type} {reference.HeadRef} {reference.BaseRef}");
        Assert.Equal(name == "pull_request_target" ? git.MergeBase : git.HeadSha, reference.Sha);
    }

    [Fact]
    public async Task Build_TagOnTheBranch_DoesNotBecomeTheRef()
    {
        _repository.Git("tag", "v1");
        Assert.Equal("refs/heads/experiment", (await BuildAsync(new EventRequest { Name = "push" })).Text("ref"));

        _repository.Git("checkout", "--quiet", "--detach");
        Assert.Equal("refs/tags/v1", (await BuildAsync(new EventRequest { Name = "push" })).Text("ref"));
    }

    [Fact]
    public async Task Context_PullRequest_HasEveryMemberAndVariable()
    {
        GitState git = await GitStateReader.ReadAsync(_repository.Root, "origin", null, CancellationToken.None);
        var run = new RunIdentity { WorkflowPath = ".github/workflows/cml.yml", Workspace = "/__w/hello/hello", EventPath = "/github/workflow/event.json", Token = "t0ken" };
        ObjectValue context = GitHubContext.Build(run, EventPayload.Build(new EventRequest { Name = "pull_request" }, git), git);

        string members = string.Join('\n', context.Select(member => $"github.{member.Key} = {Show(member.Value)}"));
        string variables = string.Join('\n', GitHubContext.ToEnvironment(context).Select(variable => $"{variable.Key}={variable.Value}"));
        AssertGolden("context.txt", $"{members}\n\n{variables}\n");
    }

    [Fact]
    public void RunnerContext_Environment_MatchesTheContext()
    {
        var runner = new RunnerContext { Architecture = RunnerContext.ArchitectureOf("x86_64"), Name = "local", Temp = "/__w/_temp", ToolCache = "/__t", Workspace = "/__w/hello", IsDebug = true };

        Assert.Equal(
            "RUNNER_OS=Linux RUNNER_ARCH=X64 RUNNER_NAME=local RUNNER_ENVIRONMENT=self-hosted RUNNER_TOOL_CACHE=/__t RUNNER_TEMP=/__w/_temp RUNNER_WORKSPACE=/__w/hello RUNNER_DEBUG=1",
            string.Join(' ', runner.ToEnvironment().Select(variable => $"{variable.Key}={variable.Value}")));
    }

    private static string Show(ExpressionValue value) => value switch
    {
        StringValue text => $"'{text.Value}'",
        BooleanValue boolean => boolean.Value ? "true" : "false",
        _ => value.Kind.ToString(),
    };

    private async Task<EventPayload> BuildAsync(EventRequest request) =>
        EventPayload.Build(request, await GitStateReader.ReadAsync(_repository.Root, "origin", null, CancellationToken.None));

    /// <summary>With UPDATE_GOLDEN=1 the file is written instead; read it before committing.</summary>
    private static void AssertGolden(string name, string actual, [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source) ?? "", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
