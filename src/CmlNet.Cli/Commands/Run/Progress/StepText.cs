using System.Globalization;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>Words and numbers that every kind of progress shows alike.</summary>
internal static class StepText
{
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000}m {milliseconds / 1000 % 60:00}s"),
    };

    public static string Outcome(string outcome, string conclusion) => outcome == conclusion ? outcome : $"{outcome}, continued";
}
