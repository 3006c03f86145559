namespace CmlNet.Reports.Readers;

/// <summary>Reads files one by one: a broken one becomes a failure of its reader's section and a message, and costs nothing else.</summary>
internal sealed class ArtifactLoader
{
    private readonly List<(string Reader, string Text)> _failures = [];
    private readonly List<ReportMessage> _messages = [];

    public IReadOnlyList<ReportMessage> Messages => _messages;

    /// <summary>What could not be read, by the name of the reader that failed.</summary>
    public ILookup<string, string> Failures => _failures.ToLookup(failure => failure.Reader, failure => failure.Text, StringComparer.Ordinal);

    /// <summary>Null when the file could not be read.</summary>
    public Artifact? Load(ArtifactFile file, IArtifactReader reader, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            Artifact artifact = reader.Read(file, cancellationToken);
            foreach (string warning in artifact.Warnings)
                _messages.Add(new ReportMessage($"{file.Path}: {warning}"));
            return artifact;
        }
        catch (ArtifactException e)
        {
            Fail(reader.FailsIn, e.At(file.Path), file.IsNamed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(reader.FailsIn, $"{file.Path}: cannot be read: {e.Message}", file.IsNamed);
        }

        return null;
    }

    public void Fail(string reader, string text, bool isNamed)
    {
        _failures.Add((reader, text));
        _messages.Add(new ReportMessage(text, isNamed));
    }
}
