using CmlNet.Testing.Docker;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Records;

namespace CmlNet.Workflows.Tests.Actions;

/// <summary>Docker actions on the real engine.</summary>
public sealed class DockerActionTests : IDisposable
{
    private const string Dockerfile = "FROM cmlnet-test/python3:1\nCOPY main.sh /main.sh\nENTRYPOINT [\"sh\", \"/main.sh\"]\n";

    private const string Manifest = """
        inputs:
          greeting: { default: hello }
          my name: { required: true }
        runs:
          using: docker
          image: image/Dockerfile
          args: ['${{ inputs.greeting }} there', "${{ inputs['my name'] }}", '']
          env: { OWN: 'own ${{ inputs.greeting }}', GITHUB_JOB: never }
          post-entrypoint: /bin/echo
        """;

    private const string Main = """
        echo "args $# $1 $2"
        echo "env $INPUT_GREETING $INPUT_MY_NAME $OWN $GITHUB_JOB $FROM_JOB"
        echo "paths $GITHUB_WORKSPACE $HOME $RUNNER_TEMP $GITHUB_EVENT_PATH $PWD"
        test -w "$GITHUB_ENV" && grep -q '"ref"' "$GITHUB_EVENT_PATH" && cat data.txt
        echo "LATER=from docker" >> "$GITHUB_ENV"; echo "done=yes" >> "$GITHUB_OUTPUT"; echo "kept=state" >> "$GITHUB_STATE"
        echo "# Summary of docker" >> "$GITHUB_STEP_SUMMARY"
        echo "::error file=/github/workspace/data.txt,line=3::wrong"
        echo "$GITHUB_ENV" | grep -q ^/github/file_commands/ && echo made > made.txt
        case $PATH in *__cml*) exit 9;; esac
        """;

    private readonly string _mirror = Directory.CreateTempSubdirectory("cml-mirror-").FullName;

    public void Dispose() => Directory.Delete(_mirror, recursive: true);

    [SkippableFact]
    public async Task Local_WithADockerfile_IsBuiltAndRunsWithTheJobsFilesAndItsPost()
    {
        using var run = new ActionRun(
            ActionRun.OneJob("""
                - uses: actions/checkout@v4
                - id: act
                  uses: ./act
                  env: { FROM_JOB: 'yes' }
                  with: { my name: you }
                - run: test "${{ steps.act.outputs.done }} $LATER $(cat made.txt)" = "yes from docker made"
                """),
            ("act/action.yml", Manifest), ("act/image/Dockerfile", Dockerfile), ("act/image/main.sh", Main), ("data.txt", "the data\n"));
        RunRecord record = await run.RunAsync("docker");
        run.AssertSucceeded(record);
        string log = run.Log(record, "Run ./act");
        foreach (string line in new[] { "args 3 hello there you", "env hello you own hello one yes", "paths /github/workspace /github/home /github/runner_temp /github/workflow/event.json /github/workspace", "the data" })
            Assert.Contains($"\n{line}\n", log, StringComparison.Ordinal);
        Assert.Contains("\nhello there you \n", run.Log(record, "Post Run ./act"), StringComparison.Ordinal);
        Assert.Equal("# Summary of docker", record.Jobs[0].Summary);
        Assert.Equal("data.txt", Assert.Single(record.Jobs[0].Annotations).File);

        run.Change(("act/image/main.sh", "echo changed; exit 3"));
        record = await run.RunAsync("docker");
        Assert.Equal(Conclusions.Failure, record.Conclusion);
        Assert.Contains("changed\n##[error]Docker run failed with exit code 3", run.Log(record, "Run ./act"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Image_OfAStep_RunsWithItsEntrypointAndArguments()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - uses: docker://cmlnet-test/python3:1
              name: image
              with:
                entrypoint: python3
                args: -c "import os; print(os.getcwd(), os.environ['INPUT_X'])"
                x: ex
            - uses: docker://cmlnet-test/none-of-that:1
              name: absent
            """));
        RunRecord record = await run.RunAsync("docker");
        Assert.Contains("\n/github/workspace ex\n", run.Log(record, "image"), StringComparison.Ordinal);
        Assert.Contains("cmlnet-test/none-of-that:1", run.Log(record, "absent"), StringComparison.Ordinal);
        Assert.Equal("image: success success\nabsent: failure failure", ActionRun.Describe(record));
    }

    [SkippableFact]
    public async Task Mirrored_WithPreAndInsideAComposite_RunsEachPartInItsPlace()
    {
        await DockerFixture.RequireAsync(TestImages.Python3);
        await WriteAsync("docker/action.yml", "runs: { using: docker, image: 'docker://cmlnet-test/python3:1', pre-entrypoint: /bin/sh, entrypoint: /bin/sh, args: ['-c', 'echo part=$STATE_part; echo part=next >> $GITHUB_STATE; echo $GITHUB_ACTION_REPOSITORY@$GITHUB_ACTION_REF'] }");
        await WriteAsync("composite/action.yml", "runs: { using: composite, steps: [{ uses: acme/acts/docker@v1 }, { uses: acme/acts/bare@v1 }] }");
        await WriteAsync("bare/Dockerfile", "FROM cmlnet-test/python3:1\nENTRYPOINT [\"echo\", \"only a Dockerfile\"]\n");
        using var run = new ActionRun(ActionRun.OneJob("- uses: acme/acts/docker@v1\n- uses: acme/acts/composite@v1"));
        RunRecord record = await run.RunAsync("docker", Mirrored);
        run.AssertSucceeded(record);
        Assert.Equal(["Pre Run acme/acts/docker@v1", "Pre Run acme/acts/composite@v1", "Run acme/acts/docker@v1", "Run acme/acts/composite@v1"], record.Jobs[0].Steps.Select(step => step.Name));
        Assert.Contains("\npart=next\nacme/acts@v1\n", run.Log(record, "Run acme/acts/docker@v1"), StringComparison.Ordinal);
        Assert.Contains("\npart=\nacme/acts@v1\n", run.Log(record, "Pre Run acme/acts/composite@v1"), StringComparison.Ordinal);
        string log = run.Log(record, "Run acme/acts/composite@v1");
        Assert.Contains("\npart=next\n", log, StringComparison.Ordinal);
        Assert.Contains("\nonly a Dockerfile\n", log, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Step_ThatTakesTooLong_IsStoppedAndLeavesNoContainer()
    {
        using var run = new ActionRun(ActionRun.OneJob("""
            - uses: docker://cmlnet-test/python3:1
              name: endless
              timeout-minutes: 0.05
              with:
                entrypoint: sh
                args: -c "trap 'echo told; exit' INT; while :; do sleep 0.1; done"
            """));
        RunRecord record = await run.RunAsync("docker");
        Assert.Contains("\ntold\n##[error]The action 'endless' has timed out after 0.05 minutes.", run.Log(record, "endless"), StringComparison.Ordinal);
        using HttpClient engine = DockerFixture.CreateHttpClient();
        string filters = Uri.EscapeDataString($$"""{"label":["cmlnet.run={{record.Id}}"]}""");
        Assert.Equal("[]", (await engine.GetStringAsync($"/v1.41/containers/json?all=true&filters={filters}")).Trim());
    }

    [Fact]
    public async Task ProcessEngine_WithDockerActions_RefusesThemAllWithTheirPlaces()
    {
        await WriteAsync("docker/action.yml", "runs: { using: docker, image: 'docker://alpine' }");
        using var run = new ActionRun(
            ActionRun.OneJob("- uses: docker://alpine:3\n- uses: acme/acts/docker@v1\n- uses: ./own\n- uses: ./odd"),
            ("own/action.yml", "runs: { using: docker, image: Dockerfile }"), ("odd/action.yml", "runs: { using: composite, steps: [] }"));
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => run.RunAsync("process", Mirrored));
        Assert.Equal(
            ["5:15", "6:15", "7:15"],
            refused.Errors.Select(error => $"{error.Location.Line - 1}:{error.Location.Column}"));
        Assert.All(refused.Errors, error => Assert.Equal("Docker actions need containers, which the process engine has not: run it with --engine docker", error.Message));
    }

    [SkippableFact]
    public async Task Manifest_WhoseImageIsNeitherFileNorReference_IsRefusedBeforeAnythingRuns()
    {
        using var run = new ActionRun(ActionRun.OneJob("- uses: ./own"), ("own/action.yml", "runs: { using: docker, image: alpine }"));
        InvalidRunException refused = await Assert.ThrowsAsync<InvalidRunException>(() => run.RunAsync("docker"));
        Assert.Contains("'alpine' of the action own/action.yml should be either '[path]/Dockerfile' or 'docker://image[:tag]'.", refused.Message, StringComparison.Ordinal);
    }

    private RunRequest Mirrored(RunRequest request) => request with { ActionMirrors = new Dictionary<string, string>(StringComparer.Ordinal) { ["acme/acts@v1"] = _mirror } };

    private async Task WriteAsync(string path, string text)
    {
        string full = Path.Combine(_mirror, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        await File.WriteAllTextAsync(full, text);
    }
}
