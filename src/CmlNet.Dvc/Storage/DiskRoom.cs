namespace CmlNet.Dvc.Storage;

/// <summary>Tells a full disk from other failures, and says what helps.</summary>
internal static class DiskRoom
{
    // ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL of Windows: what the runtime passes on.
    private const int NoSpace = 28, OverQuota = 122, WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>To be put behind a message; "" when room is not what is missing.</summary>
    public static string AdviceFor(IOException failure) =>
        failure.HResult is NoSpace or OverQuota or WindowsDiskFull ? ". Make room there: `dvc gc -w --dry` shows what the cache does not need." : "";
}
