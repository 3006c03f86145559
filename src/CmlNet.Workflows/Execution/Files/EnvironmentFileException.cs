namespace CmlNet.Workflows.Execution.Files;

/// <summary>A line of a <c>GITHUB_ENV</c>, <c>GITHUB_OUTPUT</c> or <c>GITHUB_STATE</c> file that cannot be read; the step that wrote it fails.</summary>
/// <remarks>The message never quotes the line: it may be a piece of a secret that no mask covers.</remarks>
internal sealed class EnvironmentFileException(int line, string problem) : Exception($"Line {line}: {problem}")
{
    /// <summary>1-based line in the file.</summary>
    public int Line { get; } = line;
}
