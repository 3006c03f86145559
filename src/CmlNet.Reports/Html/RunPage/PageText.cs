using System.Globalization;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>Times and counts in the words of the page.</summary>
internal static class PageText
{
    public static string Duration(TimeSpan duration)
    {
        var culture = CultureInfo.InvariantCulture;
        if (duration < TimeSpan.Zero)
            return "0 ms";
        if (duration.TotalMilliseconds < 999.5)
            return string.Create(culture, $"{duration.TotalMilliseconds:0} ms");
        if (duration.TotalSeconds < 9.95)
            return string.Create(culture, $"{duration.TotalSeconds:0.0} s");
        var seconds = (long)Math.Round(duration.TotalSeconds, MidpointRounding.AwayFromZero);
        return seconds switch
        {
            < 60 => string.Create(culture, $"{seconds} s"),
            < 3600 => string.Create(culture, $"{seconds / 60} min {seconds % 60:00} s"),
            _ => string.Create(culture, $"{seconds / 3600} h {seconds / 60 % 60:00} min"),
        };
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Count(int count, string thing) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");
}
