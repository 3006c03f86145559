using CmlNet.Containers.Docker;

namespace CmlNet.Containers.Tests.Docker;

/// <summary>The examples of Docker's own documentation, and what its rules say beyond them.</summary>
public sealed class DockerIgnoreTests
{
    [Theory]
    [InlineData("*/temp*", "somedir/temporary.txt", true)]
    [InlineData("*/temp*", "somedir/temp", true)]
    [InlineData("*/temp*", "temp", false)]
    [InlineData("*/*/temp*", "somedir/subdir/temporary.txt", true)]
    [InlineData("*/*/temp*", "somedir/temp", false)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("**/*.go", "a.go", true)]
    [InlineData("**/*.go", "a/b/c.go", true)]
    [InlineData("**/*.go", "a/b/c.gob", false)]
    [InlineData("/foo/bar", "foo/bar", true)]
    [InlineData("foo/bar/", "foo/bar/below", true)]
    [InlineData("./foo//baz/../bar", "foo/bar", true)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("*.md\n!README.md", "other.md", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false)]
    [InlineData("# data\n\n  data  ", "data/x", true)]
    [InlineData("# data", "# data", false)]
    [InlineData("a[bc]d", "abd", true)]
    [InlineData("a[bc]d", "add", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("[z-a]\nx", "x", true)]
    [InlineData("data/**", "data/x/y", true)]
    [InlineData("..", "x", false)]
    public void Matches_SeveralPatterns_TheLastThatFitsDecides(string text, string path, bool ignored) =>
        Assert.Equal(ignored, DockerIgnore.Parse(text).Matches(path));
}
