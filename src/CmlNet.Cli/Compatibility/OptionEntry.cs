using System.CommandLine;

namespace CmlNet.Cli.Compatibility;

/// <summary>One option of a group.</summary>
internal sealed record OptionEntry(string Name, IReadOnlyList<string> Aliases, Option Option, Option<bool>? Negative, string? Initial)
{
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>The end of its environment variable: <c>PUBLISH_URL</c>.</summary>
    public IEnumerable<string> VariableNames => new[] { Name }.Concat(Aliases).Select(n => n.Replace('-', '_').ToUpperInvariant());
}
