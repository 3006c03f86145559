using System.Globalization;

namespace CmlNet.Workflows.Execution.Forwarding;

/// <summary>A port of a job's loopback interface and where its connections go.</summary>
/// <param name="Port">On <c>127.0.0.1</c> and <c>::1</c>.</param>
/// <param name="Target"><c>host:port</c>, or the absolute path of a Unix socket.</param>
internal sealed record ForwardRule(int Port, string Target)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Port}={Target}");

    /// <summary>Null for anything else than what <see cref="ToString"/> gives.</summary>
    public static ForwardRule? Parse(string text) =>
        text.Split('=', 2) is [var port, { Length: > 0 } target] && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)
            ? new ForwardRule(number, target)
            : null;
}
