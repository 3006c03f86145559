namespace CmlNet.Workflows.Execution.Commands;

/// <summary>A level as GitHub writes it.</summary>
public static class AnnotationLevelNames
{
    /// <returns><c>error</c>, <c>warning</c> or <c>notice</c>.</returns>
    public static string Of(AnnotationLevel level) => level switch
    {
        AnnotationLevel.Error => "error",
        AnnotationLevel.Warning => "warning",
        _ => "notice",
    };
}
