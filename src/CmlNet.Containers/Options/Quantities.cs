using System.Buffers;
using System.Globalization;

namespace CmlNet.Containers.Options;

/// <summary>Numbers as docker's command line writes them. All throw <see cref="FormatException"/> saying what was expected.</summary>
internal static class Quantities
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <summary>Bytes: <c>512m</c>, <c>8g</c>, <c>1.5GiB</c>, <c>1024</c>; units of 1024 whichever way they are written. -1 stays -1.</summary>
    public static long Bytes(string text)
    {
        var number = text.AsSpan().TrimEnd("bBiIkKmMgGtTpP ");
        var unit = text[number.Length..].Trim().ToLowerInvariant();
        var power = unit.Length == 0 ? 0 : "bkmgtp".IndexOf(unit[0], StringComparison.Ordinal);
        var isUnit = unit.Length <= 1 || unit[1..] is "b" or "ib";
        if (power < 0 || !isUnit || !double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new FormatException("expected a size such as 512m or 8g");
        var bytes = value * Math.Pow(1024, power);
        return bytes is >= -1 and < long.MaxValue ? (long)bytes : throw new FormatException("expected a size such as 512m or 8g");
    }

    /// <summary>Billionths of a CPU: <c>1.5</c> → 1,500,000,000.</summary>
    public static long NanoCpus(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cpus) && cpus is > 0 and < 1_000_000
            ? (long)(cpus * 1_000_000_000)
            : throw new FormatException("expected a number of CPUs such as 1.5");

    public static long Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException("expected a whole number");

    /// <summary>Go's durations: <c>10s</c>, <c>1m30s</c>, <c>500ms</c>, <c>0</c>.</summary>
    public static TimeSpan Duration(string text)
    {
        const string Expected = "expected a duration such as 10s or 1m30s";
        if (text == "0")
            return TimeSpan.Zero;
        var ticks = 0m;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                throw new FormatException(Expected);
            rest = rest[digits..];
            var end = rest.IndexOfAny(Digits);
            var unit = end < 0 ? rest : rest[..end];
            ticks += value * unit switch
            {
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                "ms" => TimeSpan.TicksPerMillisecond,
                "us" or "µs" => TimeSpan.TicksPerMicrosecond,
                _ => throw new FormatException(Expected),
            };
            rest = rest[unit.Length..];
        }

        return text.Length > 0 && ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : throw new FormatException(Expected);
    }

    public static bool Boolean(string text) => text switch
    {
        "true" or "1" or "t" => true,
        "false" or "0" or "f" => false,
        _ => throw new FormatException("expected true or false"),
    };
}
