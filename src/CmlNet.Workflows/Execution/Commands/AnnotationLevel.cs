using System.Text.Json.Serialization;

namespace CmlNet.Workflows.Execution.Commands;

public enum AnnotationLevel
{
    [JsonStringEnumMemberName("notice")]
    Notice,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("error")]
    Error,
}
