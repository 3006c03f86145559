using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Figures;

/// <summary>Finds out what a picture shows: from the picture itself, or from what lies beside it under the same name.</summary>
internal static class FigureReader
{
    private const int Largest = 4 * 1024 * 1024;

    /// <param name="picture">The picture.</param>
    /// <param name="path">How the report names it; null where it is written into the report.</param>
    /// <param name="files">The rules for what may be read.</param>
    /// <returns>The figure; null where nothing tells.</returns>
    public static Figure? Read(Asset picture, string? path, AssetFiles files)
    {
        if (picture.MediaType == "image/svg+xml")
            return picture.Content.Length <= Largest ? SvgFigure.Read(picture.Content) : null;
        if (path is null || !picture.MediaType.StartsWith("image/", StringComparison.Ordinal))
            return null;
        return Beside(path, ".svg", files, SvgFigure.Read)
            ?? Beside(path, ".csv", files, content => TableFigure.Read(content, ','))
            ?? Beside(path, ".tsv", files, content => TableFigure.Read(content, '\t'));
    }

    private static Figure? Beside(string path, string extension, AssetFiles files, Func<ReadOnlyMemory<byte>, Figure?> read)
    {
        FileContent file = (files with { SizeLimit = Math.Min(files.SizeLimit, Largest) }).Read(Path.ChangeExtension(path, extension));
        return file.Content is { } content ? read(content) : null;
    }
}
