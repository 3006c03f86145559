using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>The <c>runner</c> context and the RUNNER_* variables.</summary>
public sealed record RunnerContext
{
    /// <summary>Linux, Windows or macOS: of the steps, not of this machine.</summary>
    public string OperatingSystem { get; init; } = "Linux";

    /// <summary>X86, X64, ARM or ARM64.</summary>
    public required string Architecture { get; init; }

    public required string Name { get; init; }

    public string Environment { get; init; } = "self-hosted";

    public required string Temp { get; init; }

    public required string ToolCache { get; init; }

    /// <summary>The directory above the workspace.</summary>
    public required string Workspace { get; init; }

    public bool IsDebug { get; init; }

    /// <summary>From the names Docker uses (<c>x86_64</c>, <c>aarch64</c>, <c>amd64</c>, …) to GitHub's.</summary>
    public static string ArchitectureOf(string machine) => machine.ToLowerInvariant() switch
    {
        "x86_64" or "amd64" or "x64" => "X64",
        "aarch64" or "arm64" => "ARM64",
        "i386" or "i686" or "386" or "x86" => "X86",
        "arm" or "armv7l" or "armv6l" or "armhf" => "ARM",
        _ => machine.ToUpperInvariant(),
    };

    public ObjectValue ToExpressionValue()
    {
        var context = new ObjectValue
        {
            { "os", OperatingSystem },
            { "arch", Architecture },
            { "name", Name },
            { "environment", Environment },
            { "tool_cache", ToolCache },
            { "temp", Temp },
            { "workspace", Workspace },
        };
        if (IsDebug)
            context.Add("debug", "1");
        return context;
    }

    public IReadOnlyDictionary<string, string> ToEnvironment() =>
        ToExpressionValue().ToDictionary(static member => "RUNNER_" + member.Key.ToUpperInvariant(), static member => ((StringValue)member.Value).Value, StringComparer.Ordinal);
}
