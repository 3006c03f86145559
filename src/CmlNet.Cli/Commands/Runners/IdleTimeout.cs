using System.Globalization;
using System.Text.RegularExpressions;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>CML's <c>--idle-timeout</c>: seconds, or a time in words such as <c>1h30m</c> or <c>2 weeks</c>.</summary>
internal static partial class IdleTimeout
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Null for never.</summary>
    /// <exception cref="CliException">It is no time.</exception>
    public static TimeSpan? Read(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Equals("never", StringComparison.OrdinalIgnoreCase))
            return null;
        double? seconds = double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : Words(trimmed);
        return seconds switch
        {
            null or double.NaN => throw new CliException(ExitCodes.Failure, $"cml runner launch: --idle-timeout must be a number of seconds, a time such as 5min or 1h30m, or never, not '{text}'."),
            <= 0 => null,
            _ => TimeSpan.FromSeconds(Math.Min(seconds.Value, Longest.TotalSeconds)),
        };
    }

    private static double? Words(string text)
    {
        if (!Whole().IsMatch(text))
            return null;
        double sum = 0;
        foreach (Match part in Part().Matches(text))
        {
            if (Unit(part.Groups["unit"].Value) is not { } unit)
                return null;
            sum += double.Parse(part.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) * unit;
        }

        return sum;
    }

    private static double? Unit(string name) => name.ToLowerInvariant() switch
    {
        "ms" or "milli" or "millisecond" or "milliseconds" => 0.001,
        "s" or "sec" or "secs" or "second" or "seconds" => 1,
        "m" or "min" or "mins" or "minute" or "minutes" => 60,
        "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => 86_400,
        "w" or "week" or "weeks" => 604_800,
        _ => null,
    };

    [GeneratedRegex(@"^(?:\d+(?:\.\d+)?\s*[A-Za-z]+[\s,]*)+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>\d+(?:\.\d+)?)\s*(?<unit>[A-Za-z]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
