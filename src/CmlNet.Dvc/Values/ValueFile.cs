namespace CmlNet.Dvc.Values;

/// <summary>Picks the parser as DVC does: by suffix, and YAML for a suffix it does not know.</summary>
public static class ValueFile
{
    /// <summary>Reads the text of a metrics or parameter file.</summary>
    /// <param name="fileName">Only its suffix is looked at.</param>
    /// <param name="text">The content; a byte order mark is skipped.</param>
    /// <exception cref="DvcFormatException">The text is not what the suffix promises.</exception>
    public static DvcValue Read(string fileName, string text)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(text);
        return fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonValueReader.Read(text)
            : fileName.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? TomlValueReader.Read(text)
            : fileName.EndsWith(".py", StringComparison.OrdinalIgnoreCase) ? PythonValueReader.Read(text)
            : YamlValueReader.Read(text);
    }
}
