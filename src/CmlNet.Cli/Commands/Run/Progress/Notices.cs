using System.Diagnostics.CodeAnalysis;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>What goes to standard error in every kind of progress: notices and annotations.</summary>
internal static class Notices
{
    public static bool TryFormat(RunEvent happened, [NotNullWhen(true)] out string? text)
    {
        text = happened switch
        {
            Notice e => $"[{e.Job}] {e.Message}",
            JobAnnotated e => $"[{e.Job}] {AnnotationLevelNames.Of(e.Annotation.Level)}: {Place(e.Annotation)}{e.Annotation.Message}",
            _ => null,
        };
        // A job's words must not move the cursor or rename the window.
        text = text is null ? null : ControlText.Sanitize(text);
        return text is not null;
    }

    private static string Place(Annotation annotation) =>
        annotation.File is null ? "" : annotation.Line is { } line ? $"{annotation.File}:{line}: " : $"{annotation.File}: ";
}
