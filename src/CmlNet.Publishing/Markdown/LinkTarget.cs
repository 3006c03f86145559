namespace CmlNet.Publishing.Markdown;

/// <summary>One place in a report that names a file or an address.</summary>
internal sealed record LinkTarget
{
    /// <summary>First character of the target in the source.</summary>
    public required int Start { get; init; }

    public required int Length { get; init; }

    /// <summary>The target without the escaping of its surroundings.</summary>
    public required string Url { get; init; }

    public required TargetSyntax Syntax { get; init; }

    /// <summary>The block, at the top level, that holds this picture and nothing else; null where there is more in it.</summary>
    public NotePlace? Alone { get; init; }

    /// <summary>Where to say in the text that the file could not be published; empty where nothing can be said.</summary>
    public IReadOnlyList<NotePlace> Notes { get; init; } = [];
}
