namespace CmlNet.Workflows.Actions.Docker;

/// <summary>One container of a Docker action.</summary>
internal sealed record DockerCall
{
    /// <summary>Id or name, there already.</summary>
    public required string Image { get; init; }

    /// <summary>Null or empty for the image's own.</summary>
    public string? Entrypoint { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>What earlier parts of the action saved.</summary>
    public required IReadOnlyDictionary<string, string> Saved { get; init; }

    /// <summary>The action's own <c>env</c>: below everything else.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary><c>owner/repo</c> and ref; empty for an action of the workspace and for <c>docker://</c>.</summary>
    public string Repository { get; init; } = "";

    public string Ref { get; init; } = "";
}
