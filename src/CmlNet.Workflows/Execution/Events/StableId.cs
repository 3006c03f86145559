using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>Numeric ids where only GitHub knows the real ones: the same name gives the same number, on every machine.</summary>
internal static class StableId
{
    /// <summary>From 1 to 2^31 - 1.</summary>
    public static int Of(string kind, string name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{name.ToLowerInvariant()}"));
        return Math.Max(1, BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue);
    }
}
