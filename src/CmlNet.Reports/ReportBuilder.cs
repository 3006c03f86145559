using CmlNet.Reports.Model;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Sections;

namespace CmlNet.Reports;

/// <summary>Files to report model: finds or resolves the files, reads each, lets every section build its part. A broken file costs its own part only.</summary>
public sealed class ReportBuilder
{
    private const int MostSkippedNamed = 20;
    private readonly IReadOnlyList<IArtifactReader> _readers = ReportServices.Readers;
    private readonly IReadOnlyList<IReportSection> _sections = ReportServices.Sections;

    /// <summary>Reads everything the request names, or what its folder holds.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    public BuiltReport Build(ReportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var messages = new List<ReportMessage>();
        IReadOnlyList<(ArtifactFile, IArtifactReader)> files = new NamedFiles(request, _readers).Resolve();
        if (request.IsDiscovery)
            files = Discover(request, messages);
        var artifacts = new List<Artifact>();
        var failures = new List<(string Reader, string Text)>();
        foreach ((ArtifactFile file, IArtifactReader reader) in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(file, reader, (artifacts, failures, messages), cancellationToken);
        }

        var input = new SectionInput { Artifacts = artifacts, Failures = failures.ToLookup(failure => failure.Reader, failure => failure.Text, StringComparer.Ordinal) };
        var sections = new List<ReportSection>();
        foreach (IReportSection section in _sections)
        {
            if (section.Build(input, cancellationToken) is { } built)
                sections.Add(built);
        }

        return new BuiltReport { Model = new ReportModel { Title = request.Title, Sections = sections }, Messages = messages };
    }

    private static void Read(ArtifactFile file, IArtifactReader reader, (List<Artifact> Artifacts, List<(string, string)> Failures, List<ReportMessage> Messages) into, CancellationToken cancellationToken)
    {
        try
        {
            Artifact artifact = reader.Read(file, cancellationToken);
            into.Artifacts.Add(artifact);
            foreach (string warning in artifact.Warnings)
                into.Messages.Add(new ReportMessage($"{file.Path}: {warning}", file.IsNamed));
        }
        catch (ArtifactException e)
        {
            Fail(e.At(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail($"{file.Path}: cannot be read: {e.Message}");
        }

        void Fail(string text)
        {
            into.Failures.Add((reader.Name, text));
            into.Messages.Add(new ReportMessage(text, file.IsNamed));
        }
    }

    private IReadOnlyList<(ArtifactFile, IArtifactReader)> Discover(ReportRequest request, List<ReportMessage> messages)
    {
        (IReadOnlyList<(ArtifactFile File, IArtifactReader Reader)> found, IReadOnlyList<string> skipped) = new ArtifactDiscovery(_readers).Search(request);
        messages.Add(new ReportMessage(found.Count == 0
            ? $"found nothing to report in {request.Directory}; name files with --metrics, --predictions, --history or --image"
            : $"found {string.Join(", ", found.Select(file => $"{file.File.Path} ({file.Reader.Name})"))}"));
        if (skipped.Count > 0)
            messages.Add(new ReportMessage($"skipped {string.Join(", ", skipped.Take(MostSkippedNamed))}{(skipped.Count > MostSkippedNamed ? $" and {skipped.Count - MostSkippedNamed} more" : "")}"));
        return found;
    }
}
