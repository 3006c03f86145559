using CmlNet.Dvc.Project;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.JUnit;

namespace CmlNet.Reports;

/// <summary>The files that the sections of a <c>cml.yaml</c> name, each with its reader. A file that is not there becomes a note in its section.</summary>
internal sealed class ConfiguredFiles(ReportConfiguration configuration, IReadOnlyList<IArtifactReader> readers, ArtifactLoader loader)
{
    private readonly List<FoundFile> _files = [];
    private readonly RepositoryBounds _bounds = new(configuration.Directory);

    public IReadOnlyList<FoundFile> Resolve()
    {
        foreach (SectionConfiguration section in configuration.Sections ?? [])
        {
            switch (section.Name)
            {
                case "metrics": Add(section, section.Options.Texts("files"), MetricsReader.ReaderName); break;
                case "params": Add(section, section.Options.Texts("files"), ParamsReader.ReaderName); break;
                case "classification": Add(section, [section.Options.Text("predictions") ?? ""], PredictionsReader.ReaderName); break;
                case "regression": Add(section, [section.Options.Text("predictions") ?? ""], RegressionReader.ReaderName); break;
                case "curves": Add(section, section.Options.Texts("files"), HistoryReader.ReaderName); break;
                case "images": Add(section, section.Options.Texts("files"), ImageReader.ReaderName); break;
                case "drift": Add(section, [section.Options.Text("current") ?? ""], DriftReader.ReaderName); break;
                case "contract": Add(section, [section.Options.Text("data") ?? ""], ContractReader.ReaderName); break;
                case "latency": Add(section, [section.Options.Text("file") ?? ""], LatencyReader.ReaderName); break;
                case "sizes": Add(section, section.Options.Texts("files"), SizeReader.ReaderName); break;
                case "tests": Add(section, [section.Options.Text("junit") ?? ""], JUnitReader.ReaderName); break;
                case "lineage" or "pipeline" or "data" or "plots" or "experiments": break; // made of no file of its own
                default: throw new ArgumentException($"no reader for the section {section.Name}");
            }
        }

        return _files;
    }

    private void Add(SectionConfiguration section, IReadOnlyList<string> patterns, string readerName)
    {
        IArtifactReader reader = readers.First(reader => reader.Name == readerName);
        foreach (string pattern in patterns)
        {
            IReadOnlyList<string> found = FilePattern.Match(configuration.Directory, pattern);
            if (found.Count == 0)
                loader.Fail(readerName, $"{pattern}: {(FilePattern.IsPattern(pattern) ? "matches no file" : "file not found")} in {configuration.Directory}", isNamed: true);
            foreach (string path in found)
            {
                if (new[] { path, section.Options.Text("reference") }.OfType<string>().Select(Refusal).OfType<string>().FirstOrDefault() is { } refusal)
                {
                    loader.Fail(readerName, refusal, isNamed: true);
                    continue;
                }

                _files.Add(new FoundFile(new ArtifactFile
                {
                    FullPath = Path.GetFullPath(path, configuration.Directory),
                    Path = path,
                    IsNamed = true,
                    ActualColumn = section.Options.Text("actual"),
                    PredictedColumn = section.Options.Text("predicted"),
                    XColumn = section.Options.Text("x"),
                    IsYLog = section.Options.Find("log-y") is null ? null : section.Options.Flag("log-y"),
                    Column = section.Options.Text("column"),
                    Columns = section.Name == "drift" ? section.Options.Texts("columns") : [],
                    Rules = section.Name == "contract" ? ContractRules.Declared(section.Options) : [],
                    Companions = section.Options.Text("reference") is { } reference
                        ? new Dictionary<string, ArtifactFile>(StringComparer.Ordinal) { ["reference"] = new() { FullPath = Path.GetFullPath(reference, configuration.Directory), Path = reference, IsNamed = true } }
                        : [],
                    Predictions = new PredictionOptions
                    {
                        Probability = section.Options.Text("probability"),
                        Positive = section.Options.Text("positive"),
                        Share = ConfusionShareNames.Of(section.Options.Text("normalize")),
                        Slices = section.Options.Texts("slices"),
                        Id = section.Options.Text("id"),
                        Weight = section.Options.Text("weight"),
                        Tags = section.Options.Text("tags"),
                    },
                }, reader));
            }
        }
    }

    private string? Refusal(string path) => _bounds.Refusal(Path.GetFullPath(path, configuration.Directory)) is { } why ? $"{path}: {why}" : null;
}
