namespace CmlNet.Testing.GitHub;

/// <summary>Something that goes wrong with a request.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>End of the path it strikes; null strikes all.</summary>
    public string? PathEnd { get; init; }

    public int Status { get; init; } = 500;

    public string Body { get; init; } = """{"message":"Server Error","documentation_url":"https://docs.github.com/rest","status":"500"}""";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;
}
