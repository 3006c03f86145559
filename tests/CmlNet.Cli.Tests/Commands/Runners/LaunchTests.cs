using System.Text.Json.Nodes;
using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Cli.Tests.Commands.Runners;

/// <summary>CML's own way to start a runner, with the published program.</summary>
public sealed class LaunchTests
{
    [SkippableFact]
    public async Task Launch_SingleJobOfARepository_RunsItAndWritesCmlsRecords()
    {
        CmlBinary.Require();
        string image = await RunnerImage.RequireUsualAsync();
        await using FakeActionsService service = await FakeActionsService.StartAsync(await RunnerImage.FindGatewayAsync());
        service.Allow("ghp_launch", isInstallation: false);
        string folder = Directory.CreateTempSubdirectory("cmlnet-launch").FullName;
        string name = $"launch{Guid.NewGuid().ToString("N")[..6]}";
        FakeJob job = service.Queue(["self-hosted", "cml", "gpu"], "true", repository: "models");

        CmlResult result = await CmlProcess.RunAsync(
            folder,
            ["runner", "launch", $"--repo={service.Url}/acme/models", "--labels=cml,gpu", $"--name={name}", "--single", "--idle-timeout=2min", "--gpus=0", "--no-retry", $"--workdir={folder}/work", "--docker-volumes=/tmp:/host-tmp:ro", $"--image={image}"],
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["REPO_TOKEN"] = "ghp_launch" });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(("succeeded", 1), (job.Result, job.Starts));
        Assert.StartsWith(name, job.Agent?.Name, StringComparison.Ordinal);
        JsonNode[] records = [.. result.Error.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!).Where(record => record["status"] is not null)]; // an object; the log's lines are such too
        Assert.Equal(["ready", "job_started", "job_ended", "terminated"], records.Select(record => (string?)record["status"]));
        Assert.Equal((true, "single job", $"{service.Url}/acme/models"), ((bool)records[2]["success"]!, (string?)records[3]["reason"], (string?)records[0]["repo"])); // the status shown has it
        Assert.Equal(job.RequestId, (long)records[1]["job"]!); // as above
        Assert.DoesNotContain("ghp_launch", result.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
