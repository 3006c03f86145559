using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Assets;

/// <summary>Files under <c>assets/</c> of a local host's directory, named by content; the reference is relative to that directory.</summary>
/// <param name="directory">Absolute path of the local host's directory.</param>
/// <param name="rehearsal">Takes what would be written; <see langword="null"/> for writing it.</param>
public sealed class LocalAssetStore(string directory, Rehearsal? rehearsal = null) : IAssetStore
{
    private const string Folder = "assets/";
    private const int HashDigits = 16;
    private const int LongestName = 120;

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public bool Holds(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference.StartsWith(Folder, StringComparison.Ordinal) && !reference.AsSpan(Folder.Length).ContainsAny('/', '\\') && File.Exists(Path.Combine(directory, reference));
    }

    /// <inheritdoc/>
    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(asset);
        string name = $"{Sha256.Hex(asset.Content.Span)[..HashDigits]}-{SafeName(asset.FileName)}";
        string path = Path.Combine(directory, "assets", name);
        if (rehearsal is not null)
            rehearsal.File(path, FormattableString.Invariant($"({asset.Content.Length} bytes)"));
        else
            await AtomicFile.WriteAsync(path, asset.Content, cancellationToken);
        return Folder + name;
    }

    /// <summary>A name that needs no escaping in a URL, in Markdown or in a shell.</summary>
    private static string SafeName(string fileName)
    {
        string name = new([.. Path.GetFileName(fileName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
        return name.Length > LongestName ? name[^LongestName..] : name;
    }
}
