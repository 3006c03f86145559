using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>An object that is needed is not in the cache.</summary>
public sealed class MissingObjectException(string path, ObjectId id) : Exception($"{path} is not in the cache")
{
    /// <summary>Whose content it is.</summary>
    public string Path { get; } = path;

    public ObjectId Id { get; } = id;
}
