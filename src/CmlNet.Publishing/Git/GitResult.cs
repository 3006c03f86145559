namespace CmlNet.Publishing.Git;

/// <summary>What a git command said.</summary>
internal sealed record GitResult(int ExitCode, string Output, string Error)
{
    public bool IsSuccess => ExitCode == 0;
}
