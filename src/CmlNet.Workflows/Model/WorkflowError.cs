using System.Globalization;

namespace CmlNet.Workflows.Model;

/// <summary>Something wrong with a workflow file. <see cref="Message"/> is worded as GitHub's; <see cref="Hint"/> says what was expected or what to do.</summary>
public sealed record WorkflowError(SourceLocation Location, string Message, string? Hint = null)
{
    private const int MostShown = 400;

    internal WorkflowErrorStage Stage { get; init; } = WorkflowErrorStage.Meaning;

    /// <summary>For a YAML error: from where to where, as GitHub's YAML library writes it.</summary>
    internal string? Span { get; init; }

    /// <summary>GitHub says this one without its place.</summary>
    internal bool IsUnplaced { get; init; }

    /// <summary>For an error in a called workflow: where the outermost file calls it.</summary>
    public SourceLocation? Caller { get; init; }

    /// <summary>One line, not longer than can be read: a file's own line ends and control characters, which steer a terminal, are spelt out.</summary>
    public override string ToString()
    {
        string message = Message.Length > MostShown ? Message[..MostShown] + "…" : Message;
        string text = Hint is null ? $"{Location}: {message}" : $"{Location}: {message} ({Hint})";
        return text.Any(char.IsControl) ? string.Concat(text.Select(Spell)) : text;
    }

    private static string Spell(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => char.IsControl(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c.ToString(),
    };
}
