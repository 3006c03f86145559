using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts;

/// <summary>What goes wrong with a call, by name.</summary>
internal static class HostFaults
{
    public static IReadOnlyDictionary<string, Fault> All { get; } = new Dictionary<string, Fault>(StringComparer.Ordinal)
    {
        ["429"] = new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 429 },
        ["429 Retry-After"] = new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 429, Headers = Header("Retry-After", "3") },
        ["secondary limit"] = new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 403, Headers = Header("Retry-After", "60"), Body = """{"message":"You have exceeded a secondary rate limit."}""" },
        ["500 before"] = new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 500 },
        ["500 after"] = new Fault { Kind = FaultKind.StatusAfterApplying, Status = 500 },
        ["503 after"] = new Fault { Kind = FaultKind.StatusAfterApplying, Status = 503 },
        ["reset before"] = new Fault { Kind = FaultKind.ResetBeforeApplying },
        ["reset after"] = new Fault { Kind = FaultKind.ResetAfterApplying },
        ["truncated"] = new Fault { Kind = FaultKind.TruncatedAfterApplying },
        ["slow"] = new Fault { Kind = FaultKind.Slow },
        ["hang"] = new Fault { Kind = FaultKind.Hang },
    };

    /// <summary>An answer that comes so late is waited for in real time.</summary>
    public static bool IsTimeout(Fault fault) => fault.Kind is FaultKind.Hang or FaultKind.Slow;

    private static Dictionary<string, string> Header(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
