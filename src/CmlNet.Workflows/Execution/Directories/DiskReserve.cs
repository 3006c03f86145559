namespace CmlNet.Workflows.Execution.Directories;

/// <summary>A file that holds space on a disk, so that what must be written can still be when the disk is full.</summary>
internal sealed class DiskReserve(string path) : IDisposable
{
    /// <summary>In bytes. The record of some hundred jobs.</summary>
    private const int Size = 512 * 1024;

    public static DiskReserve Take(string path)
    {
        File.WriteAllBytes(path, new byte[Size]);
        return new DiskReserve(path);
    }

    /// <summary>False when it was given back before.</summary>
    public bool GiveBack()
    {
        if (!File.Exists(path))
            return false;
        File.Delete(path);
        return true;
    }

    public void Dispose() => GiveBack();
}
