namespace CmlNet.Workflows.Model;

/// <summary>A place in a workflow file; line and column start at 1.</summary>
public readonly record struct SourceLocation(string Path, int Line, int Column)
{
    public override string ToString() => Line == 0 ? Path : $"{Path}:{Line}:{Column}";
}
