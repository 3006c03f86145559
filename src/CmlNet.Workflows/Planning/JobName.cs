namespace CmlNet.Workflows.Planning;

/// <summary>The name of a job as GitHub shows it.</summary>
public static class JobName
{
    private const int MaxLength = 100;

    /// <summary><c>job (v1, v2)</c>, cut to 100 characters. A name given with <c>name:</c> is shown as evaluated and does not come here, unless it has no expression.</summary>
    public static string Build(string name, MatrixLeg? leg)
    {
        ArgumentNullException.ThrowIfNull(name);
        string full = leg is { NameParts.Count: > 0 } ? $"{name} ({string.Join(", ", leg.NameParts)})" : name;
        return full.Length <= MaxLength ? full : string.Concat(full.AsSpan(0, MaxLength - 3), "...");
    }
}
