using System.Globalization;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Commands;

/// <summary>From <c>::error file=…,line=…::message</c> to an <see cref="Annotation"/>, correcting positions as GitHub does.</summary>
internal static class AnnotationReader
{
    public static Annotation Read(AnnotationLevel level, WorkflowCommand command, string? workspace, SecretMasker masker)
    {
        (int? line, int? endLine, int? column, int? endColumn) = ReadPositions(command);
        return new Annotation
        {
            Level = level,
            // Masked before it is cut: half a secret would no longer be found.
            Message = Cut(masker.Mask(command.Data)),
            File = command.Property("file") is { } file ? masker.Mask(MakeRelative(file, workspace)) : null,
            Line = line,
            EndLine = endLine,
            Column = column,
            EndColumn = endColumn,
            Title = command.Property("title") is { } title ? masker.Mask(title) : null,
        };
    }

    public static string Cut(string message)
    {
        if (message.Length <= Annotation.MaximumMessageLength)
            return message;
        int end = Annotation.MaximumMessageLength;
        return message[..(char.IsHighSurrogate(message[end - 1]) ? end - 1 : end)];
    }

    public static string MakeRelative(string file, string? workspace)
    {
        if (string.IsNullOrEmpty(workspace))
            return file;
        string root = workspace.TrimEnd('/') + "/";
        return file.StartsWith(root, StringComparison.Ordinal) ? file[root.Length..] : file;
    }

    private static (int? Line, int? EndLine, int? Column, int? EndColumn) ReadPositions(WorkflowCommand command)
    {
        int? endLine = Number(command, "endLine");
        int? endColumn = Number(command, "endColumn");
        int? line = Number(command, "line") ?? endLine;
        int? column = Number(command, "col") ?? endColumn;

        // Columns mean something only within one line.
        if (line is null || (endLine is not null && endLine != line))
            (column, endColumn) = (null, null);
        if (endLine < line)
            (line, endLine) = (null, null);
        if (endColumn < column)
            (column, endColumn) = (null, null);
        return (line, endLine, column, endColumn);
    }

    private static int? Number(WorkflowCommand command, string name) =>
        int.TryParse(command.Property(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;
}
