using System.Text.Json.Nodes;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Detection;
using CmlNet.Testing.Bitbucket;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.Bitbucket;

/// <summary><c>cml workflow rerun</c> on Bitbucket: a new pipeline with the old one's target, to the last field.</summary>
public sealed class BitbucketPipelineTests
{
    private const string Branch = """{"type":"pipeline_ref_target","ref_type":"branch","ref_name":"main","commit":{"type":"commit","hash":"1111111111111111111111111111111111111111"},"selector":{"type":"custom","pattern":"train"}}""";
    private const string PullRequest = """{"type":"pipeline_pullrequest_target","source":"feature","destination":"main","commit":{"type":"commit","hash":"1111111111111111111111111111111111111111"},"destination_commit":{"type":"commit","hash":"2222222222222222222222222222222222222222"},"pullrequest":{"type":"pullrequest","id":5},"selector":{"type":"pull-requests","pattern":"**"}}""";

    [Theory]
    [InlineData(Branch, "1")]
    [InlineData(PullRequest, "1")]
    [InlineData(Branch, "{00000000-0000-0000-0000-000000000001}")]
    public async Task Rerun_Pipeline_StartsOneOnTheSameTarget(string target, string id)
    {
        await using FakeBitbucket bitbucket = await StartAsync();
        bitbucket.AddPipeline(JsonNode.Parse(target)!.AsObject());
        await RerunAsync(bitbucket, id);
        Assert.Equal(2, bitbucket.Pipelines.Count);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(target), bitbucket.Pipelines[1]["target"]), bitbucket.Pipelines[1].ToJsonString());
        Assert.Empty(bitbucket.Violations);
    }

    [Theory]
    [InlineData(FaultKind.StatusBeforeApplying)]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetBeforeApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    [InlineData(FaultKind.TruncatedAfterApplying)]
    public async Task Rerun_Fault_StartsOneAndNoTwo(FaultKind kind)
    {
        await using FakeBitbucket bitbucket = await StartAsync();
        bitbucket.AddPipeline(JsonNode.Parse(Branch)!.AsObject());
        bitbucket.Faults.Add(new Fault { Kind = kind, PathEnd = "/pipelines" });
        await RerunAsync(bitbucket, "1");
        Assert.Equal(2, bitbucket.Pipelines.Count);
    }

    [Theory]
    [InlineData("abc", "is not the number or UUID of a pipeline")]
    [InlineData("7", "404")]
    public async Task Rerun_NoSuchPipeline_IsTold(string id, string message)
    {
        await using FakeBitbucket bitbucket = await StartAsync();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => RerunAsync(bitbucket, id));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Empty(bitbucket.Pipelines);
    }

    private static async Task<FakeBitbucket> StartAsync()
    {
        FakeBitbucket bitbucket = await FakeBitbucket.StartAsync();
        bitbucket.Accounts["olivaw:app-password"] = "{olivaw}";
        return bitbucket;
    }

    private static async Task RerunAsync(FakeBitbucket bitbucket, string id)
    {
        using var services = new PublishingServices(
            new PublishingOptions
            {
                WorkingDirectory = "/",
                Context = new PublishingContext { Driver = "bitbucket", Repository = new Uri(bitbucket.Url + "/team/iris"), ApiBase = new Uri(bitbucket.Url + "/2.0/"), Token = "olivaw:app-password" },
            },
            NullLogger.Instance)
        {
            Retries = new() { FirstDelay = TimeSpan.FromMilliseconds(1) },
        };
        await services.OpenCodeHost().Require<IWorkflowHost>("pipelines").RerunWorkflowAsync(id);
    }
}
