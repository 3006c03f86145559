using CmlNet.Reports.Model;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections;

/// <summary>What of a project could not be read.</summary>
internal static class ProjectNotes
{
    public static IEnumerable<ReportBlock> Of(ProjectFacts project, string section) => project.Notes.Where(note => note.Section == section).Select(note => new NoteBlock(note.Text));
}
