using CmlNet.Reports.Lineage;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Sections.Lineage;

/// <summary>What is needed to repeat the run; folded away.</summary>
internal sealed class LineageSection : IReportSection
{
    private const int MostFiles = 100;

    public string Name => "lineage";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        if (input.Facts.Findings.Lineage is not { } lineage)
            return null;
        List<string[]> rows = [];
        if (lineage.Commit is { } commit)
            rows.Add(["Commit", commit + (lineage.Branch is { } branch ? $" ({branch})" : "") + (lineage.IsDirty == true ? ", with changes that are not committed" : lineage.IsDirty == false ? ", clean" : "")]);
        rows.AddRange(lineage.Commands.Select(command => (string[])[$"Command of {command.Key}", command.Value]));
        rows.AddRange(lineage.Seeds.Select(seed => (string[])[$"Seed {seed.Key}", seed.Value]));
        rows.AddRange(lineage.Packages.Select(file => (string[])["Packages", $"{file.Path} {file.Hash}{(file.Note.Length > 0 ? $", {file.Note}" : "")}{(IsChanged(file) ? ", changed since the baseline" : "")}"]));
        rows.AddRange(lineage.Surroundings.Select(fact => (string[])[fact.Key, fact.Value]));
        List<ReportBlock> blocks = [new TableBlock { Columns = [new("What"), new("Which")], Rows = rows, CollapsedUnder = Summary(lineage) }];
        if (lineage.Files.Count > 0)
        {
            blocks.Add(new TableBlock
            {
                Columns = [new("File"), new("Role"), new("Size", IsNumeric: true), new("Change"), new("Hash")],
                Rows = [.. lineage.Files.Take(MostFiles).Select(file => (string[])[file.Path, file.Role, file.Bytes is { } bytes ? ByteText.Of(bytes) : "–", file.OldHash is null ? "" : IsChanged(file) ? "changed" : "same", file.Hash])],
                CollapsedUnder = "Data and models",
            });
        }

        if (lineage.Files.Count > MostFiles)
            blocks.Add(new NoteBlock($"The first {MostFiles} of {lineage.Files.Count} files are shown."));
        return new ReportSection { Name = Name, Title = "Lineage", Blocks = blocks };
    }

    private static string Summary(LineageFacts lineage)
    {
        int changed = lineage.Files.Count(IsChanged);
        string commit = lineage.Commit is { } sha ? $"Commit {sha[..7]}{(lineage.IsDirty == true ? ", changed since" : "")}" : "How to repeat this run";
        return changed == 0 ? commit : $"{commit}; {(changed == 1 ? "1 data or model file" : $"{changed} data or model files")} changed since the baseline";
    }

    private static bool IsChanged(LineageFile file) => file.OldHash is { } old && old != file.Hash;
}
