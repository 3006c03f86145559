using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

internal static class ErrorText
{
    /// <summary>A line each, without what the schema says was expected: <see cref="SchemaHintTests"/> looks at that.</summary>
    public static string Of(IEnumerable<WorkflowError> errors) => string.Join('\n', errors.Select(error =>
        error is { Message: { } message, Hint: { } hint } && (message.StartsWith("Unexpected value", StringComparison.Ordinal) || message.EndsWith("was not expected", StringComparison.Ordinal)) && (hint.StartsWith("expected ", StringComparison.Ordinal) || hint.StartsWith("did you mean ", StringComparison.Ordinal)) ? error with { Hint = null } : error));
}
