namespace CmlNet.Containers;

/// <summary>An engine that moves files in and out of a container, whether it runs or not, as tar archives.</summary>
public interface IContainerFiles
{
    /// <summary>Unpacks an archive into a folder that exists.</summary>
    Task PutAsync(string id, string folder, byte[] archive, CancellationToken cancellationToken);

    /// <summary>A file or folder as an archive, read as it is needed; null when there is no such path. What is in it was made by the container: trust none of it.</summary>
    Task<Stream?> GetAsync(string id, string path, CancellationToken cancellationToken);
}
