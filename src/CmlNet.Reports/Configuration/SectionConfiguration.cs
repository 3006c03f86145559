namespace CmlNet.Reports.Configuration;

/// <summary>One entry of <c>report.sections</c>, already held against the schema.</summary>
internal sealed record SectionConfiguration(string Name, ConfigNode Options);
