namespace CmlNet.Publishing.Assets;

/// <summary>What came of reading a file that a report names: its content, a refusal, or nothing there.</summary>
internal sealed record FileContent
{
    public static FileContent Missing { get; } = new();

    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The file's one path, without links.</summary>
    public string? Path { get; init; }

    /// <summary>Why a file that exists was not read.</summary>
    public string? Refusal { get; init; }

    public bool IsMissing => Content is null && Refusal is null;

    public static FileContent Refuse(string reason) => new() { Refusal = reason };
}
