using System.Globalization;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>What a step's <c>uses:</c> says.</summary>
internal static class ActionNames
{
    /// <summary>The major version asked for: 3 of <c>@v3</c> and <c>@v3.1.2</c>; null of a branch or a commit.</summary>
    public static int? MajorVersion(StepInvocation invocation)
    {
        string reference = invocation.Step.Uses?.Split('@') is [_, var given] ? given : "";
        string digits = reference.TrimStart('v').Split('.')[0];
        return reference.StartsWith('v') && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : null;
    }
}
