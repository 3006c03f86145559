using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that keeps files for its comments.</summary>
internal interface IUploadHost
{
    /// <summary>Uploads a file.</summary>
    /// <param name="asset">The file.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What a comment links to.</returns>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<string> UploadAsync(Asset asset, CancellationToken cancellationToken);

    /// <summary>A file's address is known only when its comment is posted: what <see cref="UploadAsync"/> answers stands for it until then.</summary>
    bool AreForComments => false;

    /// <summary>What addresses begin with, where the same file gets another one each time; null where it does not.</summary>
    string? AddressStart => null;

    /// <summary>The report as it can be shown elsewhere than in a comment.</summary>
    /// <param name="report">Markdown, with what uploading answered.</param>
    string WithoutFiles(string report) => report;
}
