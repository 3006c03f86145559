using System.Reflection;

namespace CmlNet.Cli;

/// <summary>The version as <c>cml --version</c> prints it: semantic version without the build's commit.</summary>
internal static class CmlVersion
{
    public static string Text { get; } = typeof(CmlVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
