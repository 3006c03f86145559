using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Planning;

public sealed class JobGraphTests
{
    private static Job Job(string id, params string[] needs) => new() { Id = id, Location = default, Needs = needs };

    [Fact]
    public void Graph_OfADiamond_OrdersAndFindsAncestors()
    {
        var graph = new JobGraph([Job("last", "left", "RIGHT"), Job("left", "first"), Job("right", "first"), Job("first")]);
        Assert.Equal(["first", "left", "right", "last"], graph.Ordered.Select(job => job.Id));
        Assert.Equal(["first", "left", "RIGHT"], graph.AncestorsOf("last"));
        Assert.Empty(graph.AncestorsOf("FIRST"));
    }

    [Fact]
    public void Graph_WithACircle_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new JobGraph([Job("a", "b"), Job("b", "a")]));

    [Fact]
    public void Graph_OfAnyShape_PutsNeedsFirst() =>
        Prop.ForAll(Gen.Choose(0, 100).ArrayOf(12).ToArbitrary(), seeds =>
        {
            Job[] jobs = [.. seeds.Select((seed, index) => Job($"j{index}", index == 0 ? [] : [.. Enumerable.Range(0, seed % 4).Select(offset => $"j{(seed + offset) % index}").Distinct()]))];
            var graph = new JobGraph([.. jobs.Reverse()]);
            List<string> order = [.. graph.Ordered.Select(job => job.Id)];
            Assert.All(jobs, job => Assert.All(graph.AncestorsOf(job.Id), ancestor => Assert.True(order.IndexOf(ancestor) < order.IndexOf(job.Id))));
        }).QuickCheckThrowOnFailure();
}
