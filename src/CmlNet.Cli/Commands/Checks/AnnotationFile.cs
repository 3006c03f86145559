using System.Text.Json;
using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Cli.Commands.Checks;

/// <summary>Annotations from a JSON file.</summary>
internal static class AnnotationFile
{
    private static readonly string[] Levels = ["notice", "warning", "failure"];

    /// <exception cref="CliException">It is not a list of annotations; the message says which entry is wrong.</exception>
    public static IReadOnlyList<CheckAnnotation> Read(string json, string shown)
    {
        try
        {
            IReadOnlyList<AnnotationEntry?> entries = JsonSerializer.Deserialize(json, AnnotationWire.Default.IReadOnlyListAnnotationEntry) ?? [];
            return [.. entries.Select((entry, i) => ToAnnotation(entry, $"'{shown}', entry {i + 1}"))];
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCodes.Failure, $"'{shown}' is not a JSON list of annotations: {e.Message}", e);
        }
    }

    private static CheckAnnotation ToAnnotation(AnnotationEntry? entry, string where)
    {
        if (entry is not { Path.Length: > 0, Message.Length: > 0, StartLine: > 0 })
            throw new CliException(ExitCodes.Failure, $"{where}: an annotation has a path, a start_line from 1 and a message");
        string level = entry.AnnotationLevel ?? "warning";
        if (!Levels.Contains(level, StringComparer.Ordinal))
            throw new CliException(ExitCodes.Failure, $"{where}: annotation_level is '{level}'; choices: {string.Join(", ", Levels)}");
        return new CheckAnnotation
        {
            Path = entry.Path,
            StartLine = entry.StartLine.Value,
            EndLine = entry.EndLine,
            StartColumn = entry.StartColumn,
            EndColumn = entry.EndColumn,
            Level = level,
            Message = entry.Message,
            Title = entry.Title,
            RawDetails = entry.RawDetails,
        };
    }
}
