namespace CmlNet.Cli.Commands.Run;

/// <summary><c>NAME=VALUE</c> arguments.</summary>
internal static class NameValues
{
    /// <param name="arguments">As given, split at the first <c>=</c>.</param>
    /// <param name="flag">For the message.</param>
    /// <param name="comparer">How names compare.</param>
    /// <param name="fallback">Value for a name without one; null makes that an error.</param>
    public static Dictionary<string, string> Parse(IEnumerable<string> arguments, string flag, StringComparer comparer, Func<string, string>? fallback = null)
    {
        var result = new Dictionary<string, string>(comparer);
        foreach (string argument in arguments)
        {
            int at = argument.IndexOf('=', StringComparison.Ordinal);
            string name = at < 0 ? argument : argument[..at];
            if (name.Length == 0 || (at < 0 && fallback is null))
                throw new CliException(ExitCodes.Usage, $"cml run: {flag} {(name.Length == 0 ? "=…" : name)}: expected {(flag == "--image" ? "LABEL=IMAGE" : "NAME=VALUE")}.");
            result[name] = at < 0 ? fallback!(name) : argument[(at + 1)..];
        }
        return result;
    }
}
