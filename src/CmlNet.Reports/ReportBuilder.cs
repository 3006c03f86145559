using CmlNet.Reports.Baselines;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Lineage;
using CmlNet.Reports.Model;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Projects;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Mlflow;
using CmlNet.Reports.Sections;

namespace CmlNet.Reports;

/// <summary>Files to report model: finds or resolves the files, reads each on both sides, compares, judges, lets every section build its part. A broken file costs its own part only.</summary>
public sealed class ReportBuilder
{
    private const int MostSkippedNamed = 20;
    private readonly IReadOnlyList<IArtifactReader> _readers = ReportServices.Readers;

    /// <summary>Reads everything the request names, or what its folder holds.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    public BuiltReport Build(ReportRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var notices = new List<ReportMessage>();
        var loader = new ArtifactLoader();
        IReadOnlyList<FoundFile> files = Files(request, loader, notices);
        using BaselineFiles? baseline = request.Baseline is { Asked: not "none" } asked ? BaselineFiles.Open(asked, request) : null;
        var pairs = new List<ArtifactPair>();
        foreach ((ArtifactFile file, IArtifactReader reader) in files)
        {
            Artifact? now = PictureBeside.Baseline(loader.Load(file, reader, cancellationToken), file, baseline);
            if (now is not null)
                pairs.AddRange(Paired(now, baseline is { IsThere: true } ? Old(file, reader, baseline, loader, cancellationToken) : null));
        }

        ReportFacts facts = Facts(request, pairs, baseline, cancellationToken) with { Others = [.. request.OtherBaselines.Select(other => Other(other, request, files, loader, notices, cancellationToken))] };
        notices.AddRange(Refusals(facts.Findings));
        var input = new SectionInput { Artifacts = [.. pairs.Select(pair => pair.New)], Pairs = pairs, Failures = loader.Failures, Facts = facts };
        return new BuiltReport { Model = Model(request, input, facts, cancellationToken), Messages = [.. notices.Concat(loader.Messages).Distinct()], Facts = facts, Inputs = [.. files.Select(file => file.File.FullPath)] };
    }

    /// <summary>Full paths of the files that <see cref="Build"/> would read, for whoever wants to take them elsewhere first.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    public IReadOnlyList<string> Find(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. Files(request, new ArtifactLoader(), []).Select(file => file.File.FullPath).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Those of <see cref="Find"/> whose content is held against the baseline's.</summary>
    /// <exception cref="ReportInputException">A named file or the folder does not exist.</exception>
    internal IReadOnlyList<string> FindCompared(ReportRequest request) =>
        [.. Files(request, new ArtifactLoader(), []).Where(file => file.Reader.Name is not (SizeReader.ReaderName or DriftReader.ReaderName or ContractReader.ReaderName)).Select(file => file.File.FullPath).Distinct(StringComparer.Ordinal)];

    private IReadOnlyList<FoundFile> Files(ReportRequest request, ArtifactLoader loader, List<ReportMessage> notices)
    {
        IReadOnlyList<FoundFile> named = new NamedFiles(request, _readers).Resolve();
        if (!request.IsDiscovery)
            return named;
        return request.Configuration is { Sections: not null } configuration ? new ConfiguredFiles(configuration, _readers, loader).Resolve() : Discover(request, notices);
    }

    private static OtherRevision Other(BaselineRequest asked, ReportRequest request, IReadOnlyList<FoundFile> files, ArtifactLoader loader, List<ReportMessage> notices, CancellationToken cancellationToken)
    {
        using BaselineFiles other = BaselineFiles.Open(asked, request);
        var values = new Dictionary<(string File, string Name), Dvc.Values.DvcValue>();
        if (!other.IsThere)
            notices.Add(new ReportMessage(other.Baseline.Describe()));
        foreach ((ArtifactFile file, IArtifactReader reader) in other.IsThere ? files.Where(file => file.Reader.Name is MetricsReader.ReaderName or ParamsReader.ReaderName) : [])
        {
            foreach (Artifact part in Old(file, reader, other, loader, cancellationToken)?.Parts ?? [])
            {
                foreach ((string name, Dvc.Values.DvcValue value) in part is MetricsArtifact metrics ? metrics.Values : part is ParamsArtifact parameters ? parameters.Values : [])
                    values[(part.Path, name)] = value;
            }
        }

        return new OtherRevision(asked.Asked, values);
    }

    private static IEnumerable<ArtifactPair> Paired(Artifact now, Artifact? old) =>
        now.Parts.Select(part => new ArtifactPair(part, old?.Parts.FirstOrDefault(one => one.GetType() == part.GetType() && (now is RunArtifact || one.Path == part.Path))));

    private static Artifact? Old(ArtifactFile file, IArtifactReader reader, BaselineFiles baseline, ArtifactLoader loader, CancellationToken cancellationToken)
    {
        if (reader.Name is ImageReader.ReaderName or DriftReader.ReaderName or ContractReader.ReaderName)
            return null; // pictures are shown, and these two have a reference of their own
        try
        {
            if (reader.Name == SizeReader.ReaderName)
                return baseline.Length(file.FullPath) is { } bytes ? new SizeArtifact { Path = file.Path, FullPath = file.FullPath, Bytes = bytes } : null;
            if (baseline.Tracked(file.FullPath) is { } run)
                return reader.Read(file.In(run), cancellationToken);
            if (reader is MlflowReader && MlflowReader.IsStore(file))
                return null; // runs are never changed: the one that a commit has under this path is this one
            return baseline.Read(file.FullPath) is { } content
                ? reader.Read(file.At(content), cancellationToken)
                : null;
        }
        catch (Exception e) when (e is ArtifactException or IOException or UnauthorizedAccessException)
        {
            loader.Fail(reader.Name, $"{(e is ArtifactException broken ? broken.At(file.Path) : $"{file.Path}: {e.Message}")} (in the baseline)", isNamed: false);
            return null;
        }
    }

    private static IEnumerable<ReportMessage> Refusals(ReportFindings findings) =>
        findings.Classification.Select(one => (one.Predictions.Path, one.Refusal)).Concat(findings.Regression.Select(one => (one.Predictions.Path, one.Refusal)))
            .Where(one => one.Refusal is not null).Select(one => new ReportMessage($"{one.Path}: not compared with the baseline, which was evaluated on other rows: {one.Refusal}"));

    private static ReportFacts Facts(ReportRequest request, List<ArtifactPair> pairs, BaselineFiles? baseline, CancellationToken cancellationToken)
    {
        DirectionRules rules = request.Configuration?.Directions ?? new DirectionRules([], []);
        List<MetricChange> metrics = [], parameters = [];
        foreach (ArtifactPair pair in pairs)
        {
            if (pair.New is MetricsArtifact metric)
                metrics.AddRange(ValueComparison.Compare(metric.Path, (pair.Old as MetricsArtifact)?.Values, metric.Values, rules).Select(change => change with { Source = metric.Source }));
            else if (pair.New is ParamsArtifact parameter)
                parameters.AddRange(ValueComparison.Compare(parameter.Path, (pair.Old as ParamsArtifact)?.Values, parameter.Values, new DirectionRules([], ["*"])).Select(change => change with { Direction = MetricDirection.Unknown }));
        }

        Baseline? shown = baseline?.Baseline;
        bool compared = pairs.Any(pair => pair.Old is not null);
        if (shown is { Missing: null } && !compared && pairs.Any(pair => pair.New is not ImageArtifact))
            shown = shown with { Missing = $"no baseline: {shown.Describe()} has none of the files" };
        Gate[] asked = [.. request.Gates, .. request.Configuration?.Gates ?? []];
        ReportFindings findings = FindingsBuilder.Build(pairs, metrics, asked, cancellationToken);
        if (WantsLineage(request))
            findings = findings with { Lineage = new LineageBuilder(request.Directory, request.Environment, baseline).Build([.. LineageInputs.Of(request, [.. pairs.Select(pair => pair.New)])], parameters) };
        findings = findings with { Project = Project(request, baseline, cancellationToken) };
        var numbers = new GateNumbers([.. metrics, .. findings.Figures], findings, baseline, request.Configuration?.Directory ?? request.Directory);
        IReadOnlyList<GateResult> gates = [.. asked.Select(gate => numbers.Judge(gate, shown is null ? "no baseline was asked for" : shown.Missing))];
        // Nobody asked for a comparison and there is nothing to compare with: no reason to speak of it, unless a gate needs one. A pull request asks for it.
        bool silent = shown is { Missing: not null } && request.Baseline is { IsExplicit: false, TargetBranch: null or "" } && !gates.Any(gate => gate.Passed is null);
        return new ReportFacts { Baseline = silent ? null : shown, Metrics = metrics, Params = parameters, Gates = gates, Findings = findings };
    }

    private static ProjectFacts? Project(ReportRequest request, BaselineFiles? baseline, CancellationToken cancellationToken)
    {
        if (!ProjectBuilder.IsAsked(request) || ReportProject.Open(request) is not { } project)
            return null;
        List<BaselineFiles> others = [.. request.OtherBaselines.Select(other => BaselineFiles.Open(other, request))];
        try
        {
            return new ProjectBuilder(project, request, baseline).Build(others, cancellationToken);
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    // Without a configuration it belongs to everything that is found, if there is anything to trace back to.
    private static bool WantsLineage(ReportRequest request) => request.Configuration?.Sections is { } sections
        ? request.IsDiscovery && sections.Any(section => section.Name == "lineage")
        : request.IsDiscovery && request.Baseline is not null && Dvc.Revisions.GitRepository.Find(request.Directory) is not null;

    private static ReportModel Model(ReportRequest request, SectionInput input, ReportFacts facts, CancellationToken cancellationToken)
    {
        var sections = new List<ReportSection>();
        foreach (IReportSection section in Order(request.Configuration))
        {
            if (section.Build(input, cancellationToken) is { } built)
                sections.Add(built);
        }

        return new ReportModel
        {
            Title = request.Title,
            Summary = ReportSummary.Build(facts, input.Failures.SelectMany(reader => reader).Distinct(StringComparer.Ordinal).Count()),
            Verdict = facts.Gates.Count == 0 ? null : facts.Verdict,
            Comparison = facts.Baseline is { Missing: null } baseline ? "Compared with " + baseline.Describe() + "." : null,
            Sections = sections,
        };
    }

    // As configured; what no entry names (the gates, sections of named files) keeps its place in front or behind.
    private static IEnumerable<IReportSection> Order(ReportConfiguration? configuration)
    {
        IReadOnlyList<string> asked = [.. (configuration?.Sections ?? []).SelectMany<SectionConfiguration, string>(section => section.Name is "classification" or "regression" ? [section.Name, "slices"] : [section.Name])];
        return ReportServices.Sections.OrderBy(section => section.Name == "gates" ? -1 : asked.Contains(section.Name, StringComparer.Ordinal) ? asked.TakeWhile(name => name != section.Name).Count() : asked.Count); // stable
    }

    private IReadOnlyList<FoundFile> Discover(ReportRequest request, List<ReportMessage> messages)
    {
        (IReadOnlyList<FoundFile> found, IReadOnlyList<string> skipped) = new ArtifactDiscovery(_readers).Search(request);
        if (ReportProject.Open(request) is { } project)
            (found, skipped) = ProjectFiles.Complete(project, request, found, skipped);
        messages.Add(new ReportMessage(found.Count == 0
            ? $"found nothing to report in {request.Directory}; name files with --metrics, --predictions, --history or --image"
            : $"found {string.Join(", ", found.Select(file => $"{file.File.Path} ({file.Reader.Name})"))}"));
        if (skipped.Count > 0)
            messages.Add(new ReportMessage($"skipped {string.Join(", ", skipped.Take(MostSkippedNamed))}{(skipped.Count > MostSkippedNamed ? $" and {skipped.Count - MostSkippedNamed} more" : "")}"));
        return found;
    }
}
