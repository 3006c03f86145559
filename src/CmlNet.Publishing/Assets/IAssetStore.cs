namespace CmlNet.Publishing.Assets;

/// <summary>A place where published files live, and from which a reader's browser can fetch them.</summary>
public interface IAssetStore
{
    /// <summary>The name it is chosen by, e.g. <c>server</c>.</summary>
    string Name { get; }

    /// <summary>What is stored can be seen only in a comment that the same services post. Default: false.</summary>
    bool IsForComments => false;

    /// <summary>False where nothing is stored, and what pictures show is written into the report instead. Default: true.</summary>
    bool KeepsFiles => true;

    /// <summary>One sentence for readers, Markdown, once something has been stored that not everybody sees. Default: <see langword="null"/>.</summary>
    string? ReadersNote => null;

    /// <summary>An address in a report is that of a file which is in the store already. Default: false.</summary>
    /// <param name="reference">As the report names it.</param>
    bool Holds(string reference) => false;

    /// <summary>Stores a file. Storing the same bytes under the same name again is harmless.</summary>
    /// <param name="asset">The file.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What a comment links to: a URL, or a path relative to a local host's directory.</returns>
    /// <exception cref="PublishingException">The store refused, or cannot be reached.</exception>
    Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default);
}
