using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>How a conclusion or a level shows: always a colour, a shape and a word.</summary>
/// <param name="Icon">Name of the shape and of the colour class.</param>
/// <param name="Word">What a reader, or a screen reader, is told.</param>
internal sealed record StatusLook(string Icon, string Word)
{
    public static StatusLook OfConclusion(string conclusion) => Known(conclusion) switch
    {
        "success" => new("success", "Success"),
        "failure" => new("failure", "Failure"),
        "timed_out" => new("failure", "Timed out"),
        "startup_failure" => new("failure", "Failed to start"),
        "cancelled" => new("cancelled", "Cancelled"),
        "skipped" => new("skipped", "Skipped"),
        "neutral" => new("neutral", "Neutral"),
        "action_required" => new("warning", "Action required"),
        "" => new("neutral", "Unknown"),
        _ => new("neutral", conclusion),
    };

    public static StatusLook OfLevel(string level) => Known(level) switch
    {
        "error" or "failure" => new("failure", "Error"),
        "warning" => new("warning", "Warning"),
        _ => new("notice", "Notice"),
    };

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Conclusions are lower case.")]
    private static string Known(string word) => word.Trim().ToLowerInvariant();
}
