using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>What lies at a path now.</summary>
/// <param name="Id">Its hash.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Listing">A folder's files; null for a file.</param>
/// <param name="IsExecutable">A file's owner may run it.</param>
public sealed record HashedPath(ObjectId Id, long Size, DirectoryListing? Listing, bool IsExecutable)
{
    /// <summary>As DVC's files hold it.</summary>
    public FileRecord ToRecord() => new() { Id = Id, Size = Size, FileCount = Listing?.Files.Count, IsExecutable = IsExecutable };
}
