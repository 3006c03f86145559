using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>Files of nested values by their suffix: JSON, JSON Lines, TOML, and YAML for all others.</summary>
internal static class TreeFile
{
    /// <exception cref="ArtifactException">Not what the suffix promises; with line and column.</exception>
    public static DvcValue Read(ArtifactFile file)
    {
        if (file.Suffix is ".jsonl" or ".ndjson")
            return Lines(file.ReadText());
        try
        {
            return ValueFile.Read(file.FullPath, file.ReadText());
        }
        catch (DvcFormatException e)
        {
            string kind = file.Suffix switch { ".json" => "JSON", ".toml" => "TOML", _ => "YAML" };
            throw new ArtifactException($"not readable as {kind}: {e.Message}", e.Line, e.Column, e);
        }
    }

    private static DvcValue Lines(string text)
    {
        var records = new List<DvcValue>();
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.Trim(" \t\uFEFF").IsEmpty)
                continue;
            try
            {
                records.Add(JsonValueReader.Read(line.ToString()));
            }
            catch (DvcFormatException e)
            {
                throw new ArtifactException($"not readable as JSON: {e.Message}", number, e.Column, e);
            }
        }

        return DvcValue.Of(records);
    }
}
