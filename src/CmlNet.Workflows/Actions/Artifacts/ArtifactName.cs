using System.Buffers;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Artifacts;

/// <summary>Names that GitHub takes for an artifact; the name becomes a folder.</summary>
internal static class ArtifactName
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\":<>|*?\r\n\\/");

    public static string Demand(string name)
    {
        if (name.Length == 0)
            throw new StepFailedException("The artifact name input is empty.");
        int bad = name.AsSpan().IndexOfAny(Forbidden);
        if (bad >= 0)
            throw new StepFailedException($"The artifact name is not valid: {name}. Contains the following character: '{name[bad]}'; the characters \" : < > | * ? \\r \\n \\ / are not allowed.");
        if (name is "." or ".." || name.Length > 200 || name.Contains('\0', StringComparison.Ordinal))
            throw new StepFailedException($"The artifact name is not valid: {name}.");
        return name;
    }
}
