using CmlNet.Workflows.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Planning;

/// <summary>The examples of GitHub's filter pattern cheat sheet, and what they exclude.</summary>
public sealed class GlobPatternTests
{
    [Fact]
    public void Pattern_WithoutEnd_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GlobPattern(string.Concat(Enumerable.Repeat("[a-z]?", 20_000))));

    [Theory]
    [InlineData("feature/*", "feature/my-branch", true)]
    [InlineData("feature/*", "feature/beta-a/my-branch", false)]
    [InlineData("feature/**", "feature/beta-a/my-branch", true)]
    [InlineData("main", "main", true)]
    [InlineData("main", "maint", false)]
    [InlineData("*", "releases", true)]
    [InlineData("*", "all/the/branches", false)]
    [InlineData("**", "all/the/branches", true)]
    [InlineData("*feature", "mona-feature", true)]
    [InlineData("*feature", "feature-x", false)]
    [InlineData("v2*", "v2.9", true)]
    [InlineData("v[12].[0-9]+.[0-9]+", "v1.10.1", true)]
    [InlineData("v[12].[0-9]+.[0-9]+", "v3.0.0", false)]
    [InlineData("v[12].[0-9]+.[0-9]+", "v1.x.1", false)]
    [InlineData("*.jsx?", "page.js", true)]
    [InlineData("*.jsx?", "page.jsx", true)]
    [InlineData("*.jsx?", "page.jsxx", false)]
    [InlineData("**.js", "src/js/app.js", true)]
    [InlineData("*.js", "src/app.js", false)]
    [InlineData("docs/*", "docs/README.md", true)]
    [InlineData("docs/*", "docs/a/b.md", false)]
    [InlineData("docs/**/*.md", "docs/README.md", true)]
    [InlineData("docs/**/*.md", "docs/a/markdown/file.md", true)]
    [InlineData("**/docs/**", "docs/hello.md", true)]
    [InlineData("**/docs/**", "dir/docs/my-file.txt", true)]
    [InlineData("**/README.md", "README.md", true)]
    [InlineData("**/README.md", "js/README.md", true)]
    [InlineData("**/*src/**", "my-src/code/js/app.js", true)]
    [InlineData("**/*-post.md", "path/their-post.md", true)]
    [InlineData("**/migrate-*.sql", "db/sept/migrate-v1.sql", true)]
    [InlineData("a+b", "aab", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("(a)", "(a)", true)]
    [InlineData("**", ".github/workflows/x.yml", true)]
    [InlineData("*.yml", ".hidden.yml", true)]
    [InlineData("v2.?", "v2", true)]
    [InlineData("v2.?", "v2.", true)]
    [InlineData("v2.?", "v2.1", false)]
    [InlineData("a\\+b", "a+b", true)]
    [InlineData("a\\+b", "aab", false)]
    [InlineData("a\\?", "a?", true)]
    [InlineData("x\\[1]", "x[1]", true)]
    [InlineData("docs", "docs/README.md", false)]
    [InlineData("docs/", "docs/README.md", false)]
    [InlineData("src/**/test/**", "src/test/a.py", true)]
    [InlineData("src/**/test/**", "src/a/b/test/c/d.py", true)]
    [InlineData("src**", "src/a/b", true)]
    [InlineData("**/a**b", "x/a/y/b", true)]
    [InlineData("Docs/*", "docs/a", false)]
    [InlineData("v[0-9]+", "v2024", true)]
    [InlineData("{a,b}", "a", false)]
    [InlineData("a|b", "a", false)]
    [InlineData("^a$", "a", false)]
    public void Pattern_OfFilter_MatchesWhole(string pattern, string value, bool matches) => Assert.Equal(matches, new GlobPattern(pattern).IsMatch(value));

    [Theory]
    [InlineData("releases/**,!releases/**-alpha", "releases/10", true)]
    [InlineData("releases/**,!releases/**-alpha", "releases/beta/3-alpha", false)]
    [InlineData("*.md,!README.md", "README.md", false)]
    [InlineData("*.md,!README.md,README*", "README.md", true)]
    [InlineData("!a", "b", false)]
    public void Patterns_WithNegation_LastMatchDecides(string patterns, string value, bool included) =>
        Assert.Equal(included, GlobPattern.Includes([.. patterns.Split(',').Select(text => new GlobPattern(text))], value));

    [Fact]
    public void Pattern_OfAnyCharacters_IsReadOrRefused() =>
        Prop.ForAll(Gen.Elements('*', '?', '+', '[', ']', '\\', '!', '/', 'a', '-', '^', '.', '(', '{').ArrayOf().Select(characters => new string(characters)).ToArbitrary(), pattern =>
        {
            try
            {
                new GlobPattern(pattern).IsMatch("a/b");
            }
            catch (ArgumentException)
            {
            }
        }).QuickCheckThrowOnFailure();
}
