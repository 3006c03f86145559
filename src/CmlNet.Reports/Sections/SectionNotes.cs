using CmlNet.Reports.Model;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections;

/// <summary>The notes every section owes its reader.</summary>
internal static class SectionNotes
{
    /// <summary>Files that were not read.</summary>
    public static IEnumerable<ReportBlock> Failures(SectionInput input, string reader) =>
        input.Failures[reader].Select(failure => new NoteBlock("Not read: " + failure));

    /// <summary>What was wrong with a file that was read all the same.</summary>
    public static IEnumerable<ReportBlock> Warnings(Artifact artifact) =>
        artifact.Warnings.Select(warning => new NoteBlock($"{artifact.Path}: {warning}."));
}
