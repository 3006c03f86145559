using System.Text.RegularExpressions;

namespace CmlNet.Architecture.Tests;

/// <summary>Documents name what is there, and nothing names the machine it was written on.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Text = [".cs", ".csproj", ".props", ".sln", ".md", ".yml", ".yaml", ".json", ".sh", ".py", ".txt", ".csv", "/Dockerfile", "/run"];

    [Fact]
    public void Links_InMarkdown_Resolve()
        => Violations.None(
            from path in Documents()
            from Match match in Link().Matches(WithoutCode(Repository.Read(path)))
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            where !Exists(path, Uri.UnescapeDataString(target))
            select $"{path}: {target} is not there");

    [Fact]
    public void Anchors_InMarkdown_NameAHeading()
        => Violations.None(
            from path in Documents()
            let headings = Heading().Matches(Repository.Read(path)).Select(match => Anchor(match.Groups["text"].Value)).ToHashSet(StringComparer.Ordinal)
            from Match match in Link().Matches(WithoutCode(Repository.Read(path)))
            let target = match.Groups["target"].Value
            where target.StartsWith('#') && !headings.Contains(target[1..])
            select $"{path}: {target} names no heading");

    [Fact]
    public void Paths_InCodeSpansOfTheReadme_AreThere()
        => Violations.None(
            from Match match in RepositoryPath().Matches(Repository.Read("README.md"))
            let path = match.Groups["path"].Value.TrimEnd('/')
            where !Exists("README.md", path)
            select $"README.md: `{path}` is not there");

    [Fact]
    public void Files_Anywhere_NameNoPrivatePath()
        => Violations.None(
            from path in Repository.Files("", Text).Append("build.sh").Append("Dockerfile")
            where !path.StartsWith("tests/", StringComparison.Ordinal) // hostile inputs name such paths on purpose
            from numbered in Repository.ReadLines(path).Select((line, index) => (Line: line, Number: index + 1))
            let match = PrivatePath().Match(numbered.Line)
            where match.Success
            select $"{path}:{numbered.Number}: {match.Value}");

    [Fact]
    public void Actions_InWorkflows_ArePinnedByCommit()
        => Violations.None(
            from path in Repository.Files(".github/workflows", ".yml", ".yaml").Concat(Repository.Files("deploy", ".yml", ".yaml")).Concat(Repository.Files("actions", ".yml", ".yaml"))
            from Match match in Uses().Matches(Repository.Read(path))
            let action = match.Groups["action"].Value
            where !action.StartsWith("./", StringComparison.Ordinal) && !PinnedAction().IsMatch(match.Value)
            select $"{path}: {action}: pin it by full commit, with the version in a comment");

    [Fact]
    public void DecisionRecords_EachOne_HasItsThreeParts()
    {
        IReadOnlyList<string> records = Repository.Files(".github/adr", ".md");
        Assert.NotEmpty(records);
        Violations.None(
            from path in records
            from part in (string[])["## Context", "## Decision", "## Consequences"]
            where !Repository.ReadLines(path).Contains(part, StringComparer.Ordinal)
            select $"{path}: no `{part}`");
    }

    private static IEnumerable<string> Documents() => Repository.Files("", ".md").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) || path.EndsWith("README.md", StringComparison.Ordinal));

    private static bool Exists(string document, string target)
    {
        string path = Path.Combine(Repository.Root, target.StartsWith('/') ? "" : Path.GetDirectoryName(document) ?? "", target.TrimStart('/'));
        return File.Exists(path) || Directory.Exists(path);
    }

    private static string WithoutCode(string markdown) => CodeSpan().Replace(CodeBlock().Replace(markdown, ""), "");

    /// <summary>As GitHub makes them: lower case, punctuation dropped, spaces to hyphens.</summary>
    private static string Anchor(string heading)
        => string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<fence>```+|~~~+).*?^\k<fence>[ \t]*$", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex("`(?<path>(?:src|tests|deploy|actions(?!/(?:checkout|cache|upload-artifact|download-artifact|setup-python))|\\.github)/[A-Za-z0-9_./-]*)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RepositoryPath();

    // Folders of somebody's own machine. A runner's (/home/runner, /github, /__w) are everybody's.
    [GeneratedRegex(@"(?<![\w/.-])(?:/Users/\w+|/home/(?!runner\b|cml\b)\w+|[A-Z]:\\Users\\\w+)", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PrivatePath();

    [GeneratedRegex(@"^\s*(?:- )?uses:\s*(?<action>\S+)[^\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Uses();

    [GeneratedRegex(@"@[0-9a-f]{40} # v\d+\.\d+\.\d+\s*$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex PinnedAction();
}
