using System.Globalization;
using System.Security.Cryptography;

namespace CmlNet.Workflows.Execution;

/// <summary>Ids of runs: sortable by time, unlike even when two start in one second.</summary>
public static class RunIds
{
    public static string Create(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        string stamp = time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $"{stamp}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
    }
}
