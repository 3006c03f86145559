namespace CmlNet.Workflows.Model;

/// <summary><c>defaults.run</c>: a job's map replaces the workflow's whole.</summary>
public sealed record RunDefaults(TemplateToken? Shell, TemplateToken? WorkingDirectory);
