namespace CmlNet.Workflows.Execution.Commands;

public enum AnnotationLevel
{
    Notice,
    Warning,
    Error,
}
