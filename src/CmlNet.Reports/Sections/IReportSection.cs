using CmlNet.Reports.Model;

namespace CmlNet.Reports.Sections;

/// <summary>One part of the report. To add a section: a folder here, this interface, one line in <see cref="ReportServices"/>; their order is the report's.</summary>
internal interface IReportSection
{
    /// <summary>Lower case, unique.</summary>
    string Name { get; }

    /// <summary>The section, or null when nothing was read that belongs into it. A file that could not be read becomes a note.</summary>
    ReportSection? Build(SectionInput input, CancellationToken cancellationToken);
}
