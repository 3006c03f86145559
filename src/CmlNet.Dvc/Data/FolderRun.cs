namespace CmlNet.Dvc.Data;

/// <summary>Some files of one folder.</summary>
/// <param name="Prefix">What comes before each name in a path below the folder that was scanned: "" or ends in a slash.</param>
/// <param name="Names">In code-point order.</param>
internal sealed record FolderRun(string Prefix, List<string> Names)
{
    /// <summary>Path below the folder that was scanned and hash of each, when they are known.</summary>
    public KeyValuePair<string, string>[] Hashed { get; } = new KeyValuePair<string, string>[Names.Count];
}
