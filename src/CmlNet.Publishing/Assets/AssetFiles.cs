namespace CmlNet.Publishing.Assets;

/// <summary>Which local files may be published at all.</summary>
/// <remarks>
/// Regular files under the repository or the report's own directory once every link is followed. The text of a report decides
/// which files are read, and whoever can write the report may not be somebody who may read the machine.
/// </remarks>
public sealed record AssetFiles
{
    /// <summary>25 MiB.</summary>
    public const long DefaultLimit = 25 * 1024 * 1024;

    /// <summary>Absolute path that relative references start from.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The directories files may be taken from. Default: none, which refuses every file.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Largest file in bytes. Default: <see cref="DefaultLimit"/>.</summary>
    public long SizeLimit { get; init; } = DefaultLimit;

    /// <summary>References, as they are written, of the only files that may be read. Default: <see langword="null"/>, which is all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Whether the file is the user's choice and not a report's, so that it may be any. Default: false.</summary>
    internal bool IsNamedByUser { get; init; }

    /// <summary>Whether only files of types that <see cref="Serving.ServedTypes"/> names may be read. Default: false.</summary>
    public bool AreServedTypesOnly { get; init; }

    /// <summary>Reads a file under these rules.</summary>
    /// <param name="path">Absolute, or relative to <see cref="BaseDirectory"/>.</param>
    /// <param name="refusal">Why the file was not read; <see langword="null"/> when it was.</param>
    /// <returns>Its bytes; none when it was refused.</returns>
    public byte[] ReadNamed(string path, out string? refusal)
    {
        FileContent file = (this with { IsNamedByUser = true }).Read(path);
        refusal = file.IsMissing ? "there is no such file" : file.Refusal;
        return file.Content?.ToArray() ?? [];
    }

    internal FileContent Read(string reference)
    {
        if (reference.Contains('\0', StringComparison.Ordinal) || Only?.Contains(reference) == false)
            return FileContent.Missing;
        FileContent file = RegularFile.Read(Path.GetFullPath(Path.Combine(BaseDirectory, reference)), SizeLimit, Roots);
        if (file.Path is { } canonical && !IsNamedByUser && PrivateFiles.Refusal(canonical) is { } refusal)
            return FileContent.Refuse(refusal);
        return AreServedTypesOnly && file.Content is { } content && !Serving.ServedTypes.All.Contains(MediaTypes.Detect(Path.GetFileName(reference), content.Span))
            ? FileContent.Refuse("it is of a type that could be run")
            : file;
    }
}
