using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Tests.Planning;

public sealed class TriggerFilterTests
{
    [Theory]
    [InlineData("push", "push", "refs/heads/main", null, null, true)]
    [InlineData("push", "pull_request", "refs/heads/main", null, null, false)]
    [InlineData("[push, pull_request]", "pull_request", "refs/heads/main", null, null, true)]
    [InlineData("{push: {branches: [main]}}", "push", "refs/heads/main", null, null, true)]
    [InlineData("{push: {branches: [main]}}", "push", "refs/heads/dev", null, null, false)]
    [InlineData("{push: {branches: [main]}}", "push", "refs/tags/v1", null, null, false)]
    [InlineData("{push: {tags: ['v*']}}", "push", "refs/tags/v1", null, null, true)]
    [InlineData("{push: {tags: ['v*']}}", "push", "refs/heads/main", null, null, false)]
    [InlineData("{push: {branches: [main], tags: ['v*']}}", "push", "refs/tags/v1", null, null, true)]
    [InlineData("{push: {branches: '**'}}", "push", "refs/heads/a/b", null, null, true)]
    [InlineData("{push: {branches-ignore: ['wip/**']}}", "push", "refs/heads/wip/x", null, null, false)]
    [InlineData("{push: {branches-ignore: ['wip/**']}}", "push", "refs/heads/main", null, null, true)]
    [InlineData("{push: {paths: ['src/**']}}", "push", "refs/heads/main", null, "src/a.py docs/x.md", true)]
    [InlineData("{push: {paths: ['src/**', '!src/docs/**']}}", "push", "refs/heads/main", null, "src/docs/x.md README.md", false)]
    [InlineData("{push: {paths: ['src/**']}}", "push", "refs/tags/v1", null, "docs/x.md", true)]
    [InlineData("{push: {paths-ignore: ['docs/**']}}", "push", "refs/heads/main", null, "docs/x.md", false)]
    [InlineData("{push: {paths-ignore: ['docs/**']}}", "push", "refs/heads/main", null, "docs/x.md train.py", true)]
    [InlineData("{push: {branches: [main], paths: ['src/**']}}", "push", "refs/heads/dev", null, "src/a", false)]
    [InlineData("pull_request", "pull_request", "refs/heads/main", "opened", null, true)]
    [InlineData("pull_request", "pull_request", "refs/heads/main", "labeled", null, false)]
    [InlineData("{pull_request: {types: [labeled]}}", "pull_request", "refs/heads/main", "labeled", null, true)]
    [InlineData("{pull_request: {branches: ['releases/**']}}", "pull_request", "refs/heads/main", null, null, false)]
    [InlineData("{push: {branches: ['!wip/**']}}", "push", "refs/heads/main", null, null, false)]
    [InlineData("{push: {branches: ['**', '!wip/**', wip/keep]}}", "push", "refs/heads/wip/keep", null, null, true)]
    [InlineData("{push: {branches: ['**', '!wip/**', wip/keep]}}", "push", "refs/heads/wip/other", null, null, false)]
    [InlineData("{push: {branches: [main, '!main']}}", "push", "refs/heads/main", null, null, false)]
    [InlineData("{push: {tags-ignore: ['v0.*']}}", "push", "refs/tags/v0.1", null, null, false)]
    [InlineData("{push: {tags-ignore: ['v0.*']}}", "push", "refs/tags/v1", null, null, true)]
    [InlineData("{push: {tags-ignore: ['v0.*']}}", "push", "refs/heads/main", null, null, false)]
    [InlineData("{push: {branches-ignore: ['wip/**']}}", "push", "refs/tags/v1", null, null, false)]
    [InlineData("{push: {branches: [main], tags-ignore: ['v0.*']}}", "push", "refs/tags/v1", null, null, true)]
    [InlineData("{push: {paths: ['**', '!docs/**']}}", "push", "refs/heads/main", null, "docs/x.md docs/y.md", false)]
    [InlineData("{push: {paths: ['**', '!docs/**']}}", "push", "refs/heads/main", null, "docs/x.md train.py", true)]
    [InlineData("{push: {paths: ['!docs/**', '**']}}", "push", "refs/heads/main", null, "docs/x.md", true)]
    [InlineData("{push: {paths: ['!docs/**']}}", "push", "refs/heads/main", null, "train.py", false)]
    [InlineData("{push: {paths-ignore: ['**.md', '!docs/keep.md']}}", "push", "refs/heads/main", null, "docs/keep.md", true)]
    [InlineData("{push: {paths-ignore: ['**.md', '!docs/keep.md']}}", "push", "refs/heads/main", null, "docs/other.md", false)]
    [InlineData("{pull_request: {branches: [main], paths: ['*.py']}}", "pull_request", "refs/heads/main", "synchronize", "a/b.py", false)]
    [InlineData("{pull_request: {branches: [main], paths: ['*.py']}}", "pull_request", "refs/heads/main", "synchronize", "b.py", true)]
    [InlineData("{pull_request: {branches-ignore: ['releases/**']}}", "pull_request", "refs/heads/releases/1", "opened", null, false)]
    [InlineData("{workflow_dispatch: }", "workflow_dispatch", null, null, null, true)]
    public void Event_ByFilters_Triggers(string on, string name, string? reference, string? activity, string? paths, bool triggers)
    {
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", $"on: {on}\njobs: {{a: {{runs-on: x}}}}");
        Assert.Empty(result.Errors);
        var happened = new TriggerEvent(name) { Ref = reference, Activity = activity, ChangedPaths = paths?.Split(' ') };
        Assert.Equal(triggers, TriggerFilter.Triggers(Assert.IsType<Workflow>(result.Workflow).Triggers, happened));
    }
}
